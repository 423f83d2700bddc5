import { Redirect } from 'wouter';
import { StreamsPage } from '../features/streams/streams-page.tsx';
import { useStreams } from '../lib/live.ts';
import { to } from '../lib/routes.ts';
import { useMay } from '../lib/session.ts';

/**
 * Whoever has nothing to see yet, and may make it, is led there; whoever has one stream, into its
 * room; all others see which there are.
 */
export function Home() {
  const streams = useStreams();
  const mayMake = useMay('streams:write');
  // Which of them it is, is not known yet.
  if (streams === undefined) return <p className="quiet-start">Loading…</p>;
  const [only, second] = streams;
  if (only !== undefined && second === undefined) {
    return <Redirect to={to.stream(only.id)} replace />;
  }
  if (streams.length === 0 && mayMake) return <Redirect to={to.welcome} replace />;
  return <StreamsPage />;
}
