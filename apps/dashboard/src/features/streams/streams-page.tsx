import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { PageHead } from '../../components/page-head.tsx';
import type { LiveState } from '../../lib/live-state.ts';
import { useLive } from '../../lib/live.ts';
import { usePresets } from '../../lib/platforms.ts';
import { to } from '../../lib/routes.ts';
import { useStore } from '../../lib/store.ts';
import { useNow } from '../../lib/use-now.ts';
import { CreateStreamDialog } from './create-stream-dialog.tsx';
import { KeyDialog } from '../../components/key-dialog.tsx';
import type { ShownKeys } from '../../components/key-dialog.tsx';
import { StreamCard } from './stream-card.tsx';

export function StreamsPage() {
  const { store, refresh } = useLive();
  const state = useStore(store, (whole) => whole);
  const now = useNow();
  // A dialog that needs them is then open at once.
  usePresets();
  const [creating, setCreating] = useState(false);
  const [withKey, setWithKey] = useState<ShownKeys>();

  return (
    <>
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
    <>
      <PageHead title="Streams">
        {streams !== undefined && streams.length > 0 && createButton}
      </PageHead>
      {streams === undefined && <p className="quiet-start">Loading…</p>}
      {streams?.length === 0 && (
        <section className="card empty-page">
          <h2>Create your first stream</h2>
          <p>
            A stream is where your encoder publishes. You get a server URL and a key for OBS, and
            choose the platforms it goes to.
          </p>
          {createButton}
          <p>
            <Link href={to.welcome}>Go through it step by step</Link>
          </p>
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
    </>
  );
}
