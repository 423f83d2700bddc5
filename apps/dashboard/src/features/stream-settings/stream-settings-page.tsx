import { useEffect } from 'react';
import { Link } from 'wouter';
import { PageHead } from '../../components/page-head.tsx';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useStreams, useWantedStream } from '../../lib/live.ts';
import { to } from '../../lib/routes.ts';
import { useMay, useSession, workspaceOf } from '../../lib/session.ts';
import { DeleteStream } from './delete-stream.tsx';
import { DockLink } from './dock-link.tsx';
import { General } from './general.tsx';
import { Keys } from './keys.tsx';
import { PublishRules } from './publish-rules.tsx';
import { Schedules } from './schedules.tsx';
import { parts } from './settings-parts.ts';
import { Slate } from './slate.tsx';
import '../../components/parts.css';
import './stream-settings.css';

interface StreamSettingsPageProps {
  readonly params: { readonly stream: string };
}

/** How a stream behaves, who may publish to it, and when: all that is not done during a show. */
export function StreamSettingsPage({ params }: StreamSettingsPageProps) {
  const isLoading = useStreams() === undefined;
  const stream = useWantedStream(params.stream);
  if (isLoading) return <p className="quiet-start">Loading…</p>;
  if (stream === undefined) return <NoStream />;
  return <StreamSettings key={stream.id} stream={stream} />;
}

function StreamSettings({ stream }: { readonly stream: StreamWithDestinations }) {
  const mayWrite = useMay('streams:write');
  const mayManageKeys = useMay('keys:manage');
  const shown = Object.values(parts).filter(
    (part) =>
      (part !== parts.remove || mayWrite) &&
      ((part !== parts.guests && part !== parts.callback) || mayManageKeys),
  );
  useArrival();
  return (
    <>
      <PageHead title={`Settings of ${stream.name}`} />
      <p>
        <Link href={to.stream(stream.id)}>To the stream</Link>
      </p>
      <nav className="parts" aria-label="Settings">
        {shown.map(({ id, words }) => (
          <a key={id} href={`#${id}`}>
            {words}
          </a>
        ))}
      </nav>
      <General stream={stream} mayWrite={mayWrite} />
      <Slate streamId={stream.id} mayWrite={mayWrite} />
      <Keys stream={stream} mayManage={mayManageKeys} />
      <PublishRules stream={stream} mayManage={mayManageKeys} />
      <Schedules stream={stream} />
      <DockLink streamId={stream.id} />
      {mayWrite && <DeleteStream stream={stream} />}
    </>
  );
}

/** The browser looks for what stands behind the # before this page is there. */
function useArrival(): void {
  useEffect(() => {
    const part = document.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`);
    if (part === null) return;
    part.scrollIntoView();
    part.querySelector('h2')?.focus({ preventScroll: true });
  }, []);
}

function NoStream() {
  const workspace = workspaceOf(useSession());
  return (
    <>
      <PageHead title="There is no such stream" />
      <p>
        It was deleted, or it is not of{' '}
        {workspace === undefined ? 'your workspace' : <bdi>{workspace.name}</bdi>}.{' '}
        <Link href={to.streams}>Go to the streams</Link>
      </p>
    </>
  );
}
