import { useCallback, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import type { Named } from '../../lib/client.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { outwardApi } from '../../lib/outward-api.ts';
import { useMay } from '../../lib/session.ts';
import { useAction } from '../../lib/use-action.ts';
import { useList } from '../../lib/use-list.ts';
import { AddScheduleDialog } from './add-schedule-dialog.tsx';
import { nextOf, whenOf } from './schedule-words.ts';
import { parts } from './settings-parts.ts';
import { focusOn, SettingsSection } from './settings-section.tsx';

interface SchedulesProps {
  readonly stream: StreamWithDestinations;
}

/** What of a stream begins and ends by the clock. */
export function Schedules({ stream }: SchedulesProps) {
  const load = useCallback(() => outwardApi.schedules(stream.id), [stream.id]);
  const { items, problem, reload } = useList(load);
  const mayWrite = useMay('schedules:write');
  const [adding, setAdding] = useState(false);
  return (
    <SettingsSection part={parts.schedules}>
      <ProblemNote problem={problem} />
      {items?.length === 0 && (
        <p className="empty">None yet. A schedule starts and stops destinations by itself.</p>
      )}
      <ul className="rows" aria-label="Schedules">
        {items?.map((schedule) => (
          <ScheduleRow key={schedule.id} schedule={schedule} mayWrite={mayWrite} reload={reload} />
        ))}
      </ul>
      {mayWrite && (
        <div className="deeds">
          <Button onClick={() => setAdding(true)}>Add a schedule</Button>
        </div>
      )}
      {adding && (
        <AddScheduleDialog
          stream={stream}
          onClose={() => setAdding(false)}
          onMade={() => {
            setAdding(false);
            void reload();
          }}
        />
      )}
    </SettingsSection>
  );
}

interface ScheduleRowProps {
  readonly schedule: Named<'Schedule'>;
  readonly mayWrite: boolean;
  readonly reload: () => Promise<void>;
}

function ScheduleRow({ schedule, mayWrite, reload }: ScheduleRowProps) {
  const { id, name, enabled } = schedule;
  const [asking, setAsking] = useState(false);
  const { busy, problem, run } = useAction();
  const change = (deed: () => Promise<unknown>): void =>
    run(async () => {
      setAsking(false);
      try {
        await deed();
      } finally {
        // Also after a refusal: the list may be of an earlier time.
        await reload();
      }
    });
  const remove = async (): Promise<void> => {
    await outwardApi.removeSchedule(id);
    focusOn(parts.schedules);
  };
  return (
    <li>
      <span>
        <bdi>{name}</bdi>: {whenOf(schedule)}
        <span className="hint line">{nextOf(schedule)}</span>
        <ProblemNote problem={problem} />
      </span>
      {mayWrite && (
        <>
          <Button
            busy={busy}
            onClick={() => change(() => outwardApi.switchSchedule(id, !enabled))}
            aria-label={`Turn ${enabled ? 'off' : 'on'} ${name}`}
          >
            {enabled ? 'Turn off' : 'Turn on'}
          </Button>
          <Button busy={busy} onClick={() => setAsking(true)} aria-label={`Remove ${name}`}>
            Remove
          </Button>
        </>
      )}
      {asking && (
        <ConfirmDialog
          title={`Remove ${name}?`}
          text="It starts and stops nothing any more. What is live now stays so."
          verb={`Remove ${name}`}
          onConfirm={() => change(remove)}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  );
}
