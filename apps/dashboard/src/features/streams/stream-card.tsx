import type { StreamStatus, StreamWithKey } from '#contracts';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { CopyLine } from '../../components/copy-line.tsx';
import { Icon } from '../../components/icon.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import type { Incidents } from '../../lib/incidents.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useAction } from '../../lib/use-action.ts';
import { AddDestinationDialog } from './add-destination-dialog.tsx';
import { EndBroadcast } from './end-broadcast.tsx';
import { IncidentList } from './incident-list.tsx';
import { IngestLine, StreamPill } from './ingest-line.tsx';
import { PushRow } from './push-row.tsx';

interface StreamCardProps {
  readonly stream: StreamWithDestinations;
  readonly status: StreamStatus | undefined;
  readonly incidents: Incidents | undefined;
  readonly now: number;
  /** The only stream: where to publish is then shown at once while nothing arrives. */
  readonly alone: boolean;
  readonly refresh: () => Promise<void>;
  /** The one time a new key is seen. */
  readonly onKey: (stream: StreamWithKey) => void;
}

export function StreamCard(props: StreamCardProps) {
  const { stream, status, incidents, now, alone, refresh, onKey } = props;
  const [adding, setAdding] = useState(false);
  const { destinations } = stream;
  const showAddress = alone && (status?.ingest ?? null) === null;

  return (
    <section className="card stream" aria-labelledby={`stream-${stream.id}`}>
      <header>
        <h2 id={`stream-${stream.id}`}>{stream.name}</h2>
        <StreamPill status={status} now={now} />
      </header>
      {status?.ingest && <IngestLine ingest={status.ingest} />}
      {destinations.length === 0 ? (
        <p className="empty">
          No destinations yet. Add one, and this stream is sent there whenever your encoder is on.
        </p>
      ) : (
        <ul className="pushes">
          {destinations.map((destination) => (
            <PushRow
              key={destination.id}
              destination={destination}
              status={status}
              now={now}
              refresh={refresh}
            />
          ))}
        </ul>
      )}
      <div className="stream-actions">
        <Button onClick={() => setAdding(true)}>
          <Icon name="plus" />
          Add destination
        </Button>
        {(status?.broadcast ?? null) !== null && <EndBroadcast stream={stream} refresh={refresh} />}
      </div>
      <IncidentList incidents={incidents} />
      <PublishTo
        key={String(showAddress)}
        stream={stream}
        open={showAddress}
        refresh={refresh}
        onKey={onKey}
      />
      {adding && (
        <AddDestinationDialog
          streamId={stream.id}
          refresh={refresh}
          onClose={() => setAdding(false)}
        />
      )}
    </section>
  );
}

interface PublishToProps extends Pick<StreamCardProps, 'refresh' | 'onKey'> {
  readonly stream: StreamWithDestinations;
  readonly open: boolean;
}

function PublishTo({ stream, open, refresh, onKey }: PublishToProps) {
  const { busy, problem, run } = useAction();
  const [asking, setAsking] = useState(false);
  const { rtmpUrl, rtmpsUrl, keyHint } = stream.ingest;

  const rotate = (): void =>
    run(async () => {
      setAsking(false);
      onKey(await api.rotateKey(stream.id));
      await refresh();
    });

  return (
    <details className="publish-to" open={open}>
      <summary>Where to publish</summary>
      {rtmpsUrl !== null && <CopyLine label="Server (RTMPS)" value={rtmpsUrl} />}
      {rtmpUrl !== null && <CopyLine label="Server (RTMP)" value={rtmpUrl} />}
      <p className="key-line">
        <span>Stream key</span>
        <code>•••• {keyHint}</code>
        <Button busy={busy} onClick={() => setAsking(true)}>
          New key
        </Button>
      </p>
      <ProblemNote problem={problem} />
      {asking && (
        <ConfirmDialog
          title={`A new key for ${stream.name}?`}
          text="The present key stops working at once; your encoder will need the new one."
          verb="Make a new key"
          onConfirm={rotate}
          onClose={() => setAsking(false)}
        />
      )}
    </details>
  );
}
