import type { StreamWithKey } from '#contracts';
import { useState } from 'react';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Field } from '../../components/field.tsx';
import { api, newIdempotencyKey } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';

interface CreateStreamDialogProps {
  readonly onCreated: (stream: StreamWithKey) => void;
  readonly refresh: () => Promise<void>;
  readonly onClose: () => void;
}

export function CreateStreamDialog({ onCreated, refresh, onClose }: CreateStreamDialogProps) {
  const [idempotencyKey] = useState(newIdempotencyKey);
  const submit = async (form: FormData): Promise<void> => {
    onCreated(await api.createStream(textOf(form, 'name').trim(), idempotencyKey));
    await refresh();
  };

  return (
    <FormDialog
      title="Create a stream"
      words={['Create stream', 'Creating…']}
      submit={submit}
      onClose={onClose}
    >
      {(problem) => (
        <Field
          label="Name"
          name="name"
          placeholder="Friday show"
          required
          hint="For you alone; the platforms do not see it."
          fault={problem?.faultOf('name')}
        />
      )}
    </FormDialog>
  );
}
