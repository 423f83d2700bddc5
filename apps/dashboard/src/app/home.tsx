import { Redirect } from 'wouter';
import { StreamsPage } from '../features/streams/streams-page.tsx';
import { useLive } from '../lib/live.ts';
import { to } from '../lib/routes.ts';
import { useSession, workspaceOf } from '../lib/session.ts';
import { useStore } from '../lib/store.ts';

/** Whoever has nothing to see yet, and may make it, is led there; all others see the streams. */
export function Home() {
  const isEmpty = useStore(useLive().store, ({ streams }) => streams?.length === 0);
  const isOwner = workspaceOf(useSession())?.role === 'owner';
  return isEmpty && isOwner ? <Redirect to={to.welcome} replace /> : <StreamsPage />;
}
