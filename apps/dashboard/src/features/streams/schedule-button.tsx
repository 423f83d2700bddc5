import { useCallback, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import type { Named } from '../../lib/client.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { outwardApi } from '../../lib/outward-api.ts';
import { useAction } from '../../lib/use-action.ts';
import { useList } from '../../lib/use-list.ts';
import { AddScheduleDialog, weekdayWords } from './add-schedule-dialog.tsx';

interface OfStream {
  readonly stream: StreamWithDestinations;
}

/** Leads to what of a stream begins and ends by the clock. */
export function ScheduleButton({ stream }: OfStream) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} aria-label={`Schedules of ${stream.name}`}>
        Schedules
      </Button>
      {open && <SchedulesDialog stream={stream} onClose={() => setOpen(false)} />}
    </>
  );
}

function SchedulesDialog({ stream, onClose }: OfStream & { readonly onClose: () => void }) {
  const load = useCallback(() => outwardApi.schedules(stream.id), [stream.id]);
  const { items, problem, reload } = useList(load);
  const [adding, setAdding] = useState(false);
  return (
    <Dialog title={`Schedules of ${stream.name}`} onClose={onClose}>
      <ProblemNote problem={problem} />
      {items?.length === 0 && (
        <p className="empty">None yet. A schedule starts and stops destinations by itself.</p>
      )}
      <ul className="rows">
        {items?.map((schedule) => (
          <ScheduleRow key={schedule.id} schedule={schedule} reload={reload} />
        ))}
      </ul>
      <footer>
        <Button look="main" onClick={() => setAdding(true)}>
          Add a schedule
        </Button>
      </footer>
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
    </Dialog>
  );
}

interface ScheduleRowProps {
  readonly schedule: Named<'Schedule'>;
  readonly reload: () => Promise<void>;
}

function ScheduleRow({ schedule, reload }: ScheduleRowProps) {
  const { id, name, enabled } = schedule;
  const { busy, problem, run } = useAction();
  const change = (deed: () => Promise<unknown>): void =>
    run(async () => {
      await deed();
      await reload();
    });
  return (
    <li>
      <span>
        {name}: {whenOf(schedule)}
        <span className="hint"> {nextOf(schedule)}</span>
        <ProblemNote problem={problem} />
      </span>
      <Button
        busy={busy}
        onClick={() => change(() => outwardApi.switchSchedule(id, !enabled))}
        aria-label={`Turn ${enabled ? 'off' : 'on'} ${name}`}
      >
        {enabled ? 'Turn off' : 'Turn on'}
      </Button>
      <Button
        busy={busy}
        onClick={() => change(() => outwardApi.removeSchedule(id))}
        aria-label={`Remove ${name}`}
      >
        Remove
      </Button>
    </li>
  );
}

function whenOf(schedule: Named<'Schedule'>): string {
  const { recurrence, startsAt, durationMinutes, timeZone } = schedule;
  const days =
    recurrence.kind === 'once'
      ? recurrence.date
      : recurrence.weekdays.map((day) => weekdayWords[day]).join(', ');
  return `${days} at ${startsAt} (${timeZone}), ${durationMinutes} min`;
}

function nextOf({ enabled, nextStartAt }: Named<'Schedule'>): string {
  if (!enabled) return 'Off.';
  if (nextStartAt === null) return 'It does not come again.';
  return `Next: ${new Date(nextStartAt).toLocaleString()}.`;
}
