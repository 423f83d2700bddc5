import type { StreamWithKey } from '#contracts';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api, newIdempotencyKey } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';
import { useAction } from '../../lib/use-action.ts';

interface CreateStreamDialogProps {
  readonly onCreated: (stream: StreamWithKey) => void;
  readonly refresh: () => Promise<void>;
  readonly onClose: () => void;
}

export function CreateStreamDialog({ onCreated, refresh, onClose }: CreateStreamDialogProps) {
  const { busy, problem, run } = useAction();
  const [idempotencyKey] = useState(newIdempotencyKey);
  const submit = (form: FormData): void =>
    run(async () => {
      onCreated(await api.createStream(textOf(form, 'name').trim(), idempotencyKey));
      await refresh();
    });

  return (
    <Dialog title="Create a stream" onClose={onClose}>
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
          placeholder="Friday show"
          required
          hint="For you alone; the platforms do not see it."
          fault={problem?.faultOf('name')}
        />
        <footer>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="main" busy={busy}>
            {busy ? 'Creating…' : 'Create stream'}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
