import { useState } from 'react';
import type { WebhookFormat } from '#control';
import { Choice } from '../../components/choice.tsx';
import { Field } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import type { Named } from '../../lib/client.ts';
import { textOf } from '../../lib/form-text.ts';
import { outwardApi } from '../../lib/outward-api.ts';
import { kindsIn, KindTicks, StreamChoice, urlHints } from './webhook-fields.tsx';
import { formatWords, usualKinds } from './webhook-words.ts';

interface AddWebhookDialogProps {
  readonly onClose: () => void;
  readonly onMade: (webhook: Named<'WebhookWithSecret'>) => void;
}

export function AddWebhookDialog({ onClose, onMade }: AddWebhookDialogProps) {
  const [format, setFormat] = useState<WebhookFormat>('discord');
  const submit = async (form: FormData): Promise<void> => {
    const target = textOf(form, 'target').trim();
    const streamId = textOf(form, 'streamId');
    const body = {
      name: textOf(form, 'name').trim(),
      format,
      kinds: kindsIn(form, usualKinds),
      streamId: streamId === '' ? null : streamId,
      enabled: true,
      ...(format === 'email' ? { email: target } : { url: target }),
    };
    onMade(await outwardApi.createWebhook(body));
  };
  return (
    <FormDialog title="Add a notice" words={['Add', 'Adding…']} submit={submit} onClose={onClose}>
      {(problem) => (
        <>
          <Field label="Name" name="name" required fault={problem?.faultOf('name')} />
          <Choice
            label="Tell by"
            value={format}
            onChange={({ target }) =>
              setFormat(formatWords.find(([one]) => one === target.value)?.[0] ?? 'discord')
            }
            options={formatWords}
          />
          <Field
            key={format}
            label={format === 'email' ? 'E-mail address' : 'URL'}
            name="target"
            type={format === 'email' ? 'email' : 'url'}
            autoComplete="off"
            required
            hint={urlHints[format]}
            fault={problem?.faultOf('url') ?? problem?.faultOf('email')}
          />
          <StreamChoice streamId={null} />
          <KindTicks chosen={usualKinds} fault={problem?.faultOf('kinds')} />
        </>
      )}
    </FormDialog>
  );
}
