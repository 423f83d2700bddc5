import type { StreamStatus } from '#contracts';
import { useState } from 'react';
import { Link } from 'wouter';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import type { Incidents } from '../../lib/incidents.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { to } from '../../lib/routes.ts';
import { AddDestinationDialog } from './add-destination-dialog.tsx';
import { EndBroadcast } from './end-broadcast.tsx';
import { HistoryButton } from './history-button.tsx';
import { HoldNote } from './hold-note.tsx';
import { IncidentList } from './incident-list.tsx';
import { StreamPill } from './ingest-line.tsx';
import { InputLines } from './input-lines.tsx';
import type { ShownKeys } from '../../components/key-dialog.tsx';
import { PublishTo } from './publish-to.tsx';
import { PushRow } from './push-row.tsx';
import { ScheduleButton } from './schedule-button.tsx';
import { StreamSettingsDialog } from './stream-settings-dialog.tsx';
import { SwitchInput } from './switch-input.tsx';
import { Warnings } from './warnings.tsx';

interface StreamCardProps {
  readonly stream: StreamWithDestinations;
  readonly status: StreamStatus | undefined;
  readonly incidents: Incidents | undefined;
  readonly now: number;
  /** The only stream: where to publish is then shown at once while nothing arrives. */
  readonly alone: boolean;
  readonly refresh: () => Promise<void>;
  /** The one time a new key is seen. */
  readonly onKey: (stream: ShownKeys) => void;
}

export function StreamCard(props: StreamCardProps) {
  const { stream, status, incidents, now, alone, refresh, onKey } = props;
  const [adding, setAdding] = useState(false);
  const [setting, setSetting] = useState(false);
  const { destinations } = stream;
  const showAddress = alone && (status?.ingest ?? null) === null;

  return (
    <section className="card stream" aria-labelledby={`stream-${stream.id}`}>
      <header>
        <h2 id={`stream-${stream.id}`}>{stream.name}</h2>
        <StreamPill status={status} now={now} />
      </header>
      <HoldNote status={status} now={now} />
      {status && <InputLines status={status} />}
      {status && <Warnings warnings={status.warnings} />}
      {destinations.length === 0 ? (
        <p className="empty">
          No destinations yet. Add one: this stream is sent there whenever your encoder is on.{' '}
          <Link href={to.welcomeOf(stream.id)}>Set it up step by step</Link>
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
        <Button onClick={() => setSetting(true)} aria-label={`Settings of ${stream.name}`}>
          Settings
        </Button>
        <HistoryButton stream={stream} />
        <ScheduleButton stream={stream} />
        {status && <SwitchInput stream={stream} status={status} refresh={refresh} />}
        {status && <EndBroadcast stream={stream} status={status} refresh={refresh} />}
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
          delayFits={status?.delaySecondsMax ?? null}
          refresh={refresh}
          onClose={() => setAdding(false)}
        />
      )}
      {setting && (
        <StreamSettingsDialog stream={stream} refresh={refresh} onClose={() => setSetting(false)} />
      )}
    </section>
  );
}
