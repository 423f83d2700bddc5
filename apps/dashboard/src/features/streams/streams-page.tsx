import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Wordmark } from '../../components/wordmark.tsx';
import { api } from '../../lib/api.ts';
import { LiveFeed } from '../../lib/live-feed.ts';
import { initialState } from '../../lib/live-state.ts';
import type { Link, LiveState } from '../../lib/live-state.ts';
import { createStore, useStore } from '../../lib/store.ts';
import { useAction } from '../../lib/use-action.ts';
import { useNow } from '../../lib/use-now.ts';
import { duration } from '../../lib/words.ts';
import { CreateStreamDialog } from './create-stream-dialog.tsx';
import { KeyDialog } from './key-dialog.tsx';
import type { ShownKeys } from './key-dialog.tsx';
import { StreamCard } from './stream-card.tsx';

interface StreamsPageProps {
  readonly onSignedOut: () => void;
  /** What stands beside signing out. */
  readonly menu?: ReactNode;
}

export function StreamsPage({ onSignedOut, menu }: StreamsPageProps) {
  const [store] = useState(() => createStore(initialState));
  const feed = useRef<LiveFeed>(undefined);
  useEffect(() => {
    const opened = new LiveFeed(store, onSignedOut);
    opened.open();
    feed.current = opened;
    return () => opened.close();
  }, [store, onSignedOut]);
  const refresh = async (): Promise<void> => feed.current?.refresh();

  const state = useStore(store, (whole) => whole);
  const now = useNow();
  const [creating, setCreating] = useState(false);
  const [withKey, setWithKey] = useState<ShownKeys>();
  const signOut = useAction();

  return (
    <>
      <header className="top">
        <Wordmark />
        <nav className="top-menu">
          {menu}
          <Button
            busy={signOut.busy}
            onClick={() =>
              signOut.run(async () => {
                await api.signOut();
                onSignedOut();
              })
            }
          >
            Sign out
          </Button>
        </nav>
      </header>
      <LinkBanner link={state.link} now={now} />
      <StreamList
        state={state}
        now={now}
        refresh={refresh}
        onKey={setWithKey}
        onCreate={() => setCreating(true)}
      />
      {creating && (
        <CreateStreamDialog
          refresh={refresh}
          onClose={() => setCreating(false)}
          onCreated={(stream) => {
            setCreating(false);
            setWithKey(stream);
          }}
        />
      )}
      {withKey && <KeyDialog stream={withKey} onClose={() => setWithKey(undefined)} />}
    </>
  );
}

interface StreamListProps {
  readonly state: LiveState;
  readonly now: number;
  readonly refresh: () => Promise<void>;
  readonly onKey: (stream: ShownKeys) => void;
  readonly onCreate: () => void;
}

function StreamList({ state, now, refresh, onKey, onCreate }: StreamListProps) {
  const { streams, statuses, incidents } = state;
  const createButton = (
    <Button look="main" onClick={onCreate}>
      <Icon name="plus" />
      Create stream
    </Button>
  );
  return (
    <main>
      <div className="page-head">
        <h1>Streams</h1>
        {streams !== undefined && streams.length > 0 && createButton}
      </div>
      {streams === undefined && <p className="quiet-start">Loading…</p>}
      {streams?.length === 0 && (
        <section className="card empty-page">
          <h2>Create your first stream</h2>
          <p>
            A stream is where your encoder publishes. You get a server URL and a key for OBS, and
            choose the platforms it goes to.
          </p>
          {createButton}
        </section>
      )}
      {streams?.map((stream) => (
        <StreamCard
          key={stream.id}
          stream={stream}
          status={statuses[stream.id]}
          incidents={incidents[stream.id]}
          now={now}
          alone={streams.length === 1}
          refresh={refresh}
          onKey={onKey}
        />
      ))}
    </main>
  );
}

/** Says, calmly, that the picture is old. The broadcast does not depend on this page. */
function LinkBanner({ link, now }: { readonly link: Link; readonly now: number }) {
  return (
    <output className="link-banner">
      {link.kind === 'lost' && (
        <p className="note note-fair">
          Reconnecting… What you see is {duration(now - link.since)} old. Your broadcasts go on
          without this page.
        </p>
      )}
    </output>
  );
}
