import type { TakeoverPolicy } from '#contracts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Tick } from '../../components/tick.tsx';
import { api } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useAction } from '../../lib/use-action.ts';
import { saveSlate, SlateFields } from './slate-fields.tsx';

const graceSecondsMax = 1800;

const takeovers: readonly (readonly [TakeoverPolicy, string])[] = [
  ['takeover', 'It takes over from one that is silent, or that is the same'],
  ['reject', 'It is refused'],
  ['backup', 'It stands by as the backup'],
];

interface StreamSettingsDialogProps {
  readonly stream: StreamWithDestinations;
  readonly refresh: () => Promise<void>;
  readonly onClose: () => void;
}

export function StreamSettingsDialog({ stream, refresh, onClose }: StreamSettingsDialogProps) {
  const { busy, problem, run } = useAction();
  const submit = (form: FormData): void =>
    run(async () => {
      const chosen = textOf(form, 'takeover');
      await api.changeStream(stream.id, {
        name: textOf(form, 'name').trim(),
        graceSeconds: Number(textOf(form, 'graceSeconds')),
        endOnUnpublish: form.has('endOnUnpublish'),
        takeover: takeovers.find(([policy]) => policy === chosen)?.[0] ?? 'takeover',
      });
      await saveSlate(stream.id, form);
      await refresh();
      onClose();
    });

  return (
    <Dialog title={`Settings of ${stream.name}`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        <ProblemNote problem={problem} />
        <Field
          label="Name"
          name="name"
          defaultValue={stream.name}
          required
          fault={problem?.faultOf('name')}
        />
        <Field
          label="Wait for a lost encoder, in seconds"
          name="graceSeconds"
          type="number"
          min={0}
          max={graceSecondsMax}
          required
          defaultValue={stream.graceSeconds}
          hint="So long destinations stay live without it. 0: the broadcast ends with the encoder."
          fault={problem?.faultOf('graceSeconds')}
        />
        <Tick
          label="End at once when the encoder stops the stream"
          name="endOnUnpublish"
          defaultChecked={stream.endOnUnpublish}
          hint="Some encoders also say so before they connect again; then leave this off."
        />
        <Choice
          label="A second encoder with the same key"
          name="takeover"
          defaultValue={stream.takeover}
          options={takeovers}
        />
        <SlateFields streamId={stream.id} />
        <footer>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="main" busy={busy}>
            {busy ? 'Saving…' : 'Save'}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
