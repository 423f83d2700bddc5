import { useState } from 'react';
import { Choice } from '../../components/choice.tsx';
import { Field } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Tick } from '../../components/tick.tsx';
import type { ApiProblem } from '../../lib/api-problem.ts';
import type { Named } from '../../lib/client.ts';
import { textOf } from '../../lib/form-text.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { outwardApi } from '../../lib/outward-api.ts';
import { weekdayWords } from './schedule-words.ts';

const minutesMax = 10_080;
type Kind = 'weekly' | 'once';
const kinds: readonly (readonly [Kind, string])[] = [
  ['weekly', 'Every week'],
  ['once', 'Once'],
];

interface AddScheduleDialogProps {
  readonly stream: StreamWithDestinations;
  readonly onClose: () => void;
  readonly onMade: () => void;
}

export function AddScheduleDialog({ stream, onClose, onMade }: AddScheduleDialogProps) {
  const [kind, setKind] = useState<Kind>('weekly');
  const submit = async (form: FormData): Promise<void> => {
    await outwardApi.createSchedule(stream.id, bodyOf(form, kind, stream));
    onMade();
  };
  return (
    <FormDialog title="Add a schedule" words={['Add', 'Adding…']} submit={submit} onClose={onClose}>
      {(problem) => (
        <>
          <Field label="Name" name="name" required fault={problem?.faultOf('name')} />
          <Choice
            label="It comes"
            value={kind}
            onChange={({ target }) => setKind(target.value === 'once' ? 'once' : 'weekly')}
            options={kinds}
          />
          {kind === 'once' ? (
            <Field
              label="Date"
              name="date"
              type="date"
              required
              fault={problem?.faultOf('recurrence.date')}
            />
          ) : (
            <fieldset>
              <legend>On</legend>
              {weekdayWords.map((word, day) => (
                <Tick key={word} label={word} name={`day-${day}`} />
              ))}
            </fieldset>
          )}
          <TimeFields problem={problem} />
          <fieldset>
            <legend>Started and stopped with it</legend>
            {stream.destinations.map(({ id, name }) => (
              <Tick key={id} label={name} name={id} defaultChecked />
            ))}
            <Tick
              label="End the broadcast as well"
              name="endBroadcast"
              hint="Even if the encoder goes on."
            />
          </fieldset>
        </>
      )}
    </FormDialog>
  );
}

function TimeFields({ problem }: { readonly problem: ApiProblem | undefined }) {
  return (
    <>
      <Field
        label="Begins at"
        name="startsAt"
        type="time"
        required
        fault={problem?.faultOf('startsAt')}
      />
      <Field
        label="Minutes long"
        name="durationMinutes"
        type="number"
        min={1}
        max={minutesMax}
        defaultValue={60}
        required
        fault={problem?.faultOf('durationMinutes')}
      />
      <Field
        label="Time zone"
        name="timeZone"
        defaultValue={new Intl.DateTimeFormat().resolvedOptions().timeZone}
        required
        fault={problem?.faultOf('timeZone')}
      />
    </>
  );
}

function bodyOf(
  form: FormData,
  kind: Kind,
  { destinations }: StreamWithDestinations,
): Named<'CreateScheduleBody'> {
  return {
    name: textOf(form, 'name').trim(),
    timeZone: textOf(form, 'timeZone').trim(),
    recurrence:
      kind === 'once'
        ? { kind, date: textOf(form, 'date') }
        : { kind, weekdays: [0, 1, 2, 3, 4, 5, 6].filter((day) => form.has(`day-${day}`)) },
    startsAt: textOf(form, 'startsAt'),
    durationMinutes: Number(textOf(form, 'durationMinutes')),
    endBroadcast: form.has('endBroadcast'),
    enabled: true,
    destinations: destinations
      .filter(({ id }) => form.has(id))
      .map(({ id }) => ({ destinationId: id, startOffsetMinutes: 0 })),
  };
}
