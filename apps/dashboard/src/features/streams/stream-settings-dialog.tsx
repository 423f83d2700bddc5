import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';
import { useAction } from '../../lib/use-action.ts';

const graceSecondsMax = 1800;

interface StreamSettingsDialogProps {
  readonly stream: StreamWithDestinations;
  readonly refresh: () => Promise<void>;
  readonly onClose: () => void;
}

export function StreamSettingsDialog({ stream, refresh, onClose }: StreamSettingsDialogProps) {
  const { busy, problem, run } = useAction();
  const submit = (form: FormData): void =>
    run(async () => {
      await api.changeStream(stream.id, {
        name: textOf(form, 'name').trim(),
        graceSeconds: Number(textOf(form, 'graceSeconds')),
      });
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
