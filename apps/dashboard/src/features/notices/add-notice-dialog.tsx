import { useState } from 'react';
import type { WebhookFormat } from '#control';
import { Choice } from '../../components/choice.tsx';
import { Field } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { Tick } from '../../components/tick.tsx';
import type { Named } from '../../lib/client.ts';
import { textOf } from '../../lib/form-text.ts';
import { outwardApi } from '../../lib/outward-api.ts';
import { formatWords, kindWords } from './notice-words.ts';

const urlHints: Readonly<Partial<Record<WebhookFormat, string>>> = {
  discord: 'Discord: channel settings, Integrations, Webhooks, Copy URL.',
  slack: 'Slack: an app of yours, Incoming Webhooks.',
  standard: 'Signed as Standard Webhooks; the secret is shown once.',
};

interface AddNoticeDialogProps {
  readonly onClose: () => void;
  readonly onMade: (webhook: Named<'WebhookWithSecret'>) => void;
}

export function AddNoticeDialog({ onClose, onMade }: AddNoticeDialogProps) {
  const [format, setFormat] = useState<WebhookFormat>('discord');
  const submit = async (form: FormData): Promise<void> => {
    const target = textOf(form, 'target').trim();
    const body = {
      name: textOf(form, 'name').trim(),
      format,
      kinds: kindWords.filter(({ kind }) => form.has(kind)).map(({ kind }) => kind),
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
            required
            hint={urlHints[format]}
            fault={problem?.faultOf('url') ?? problem?.faultOf('email')}
          />
          <fieldset>
            <legend>When</legend>
            {kindWords.map(({ kind, words, isUsual }) => (
              <Tick key={kind} label={words} name={kind} defaultChecked={isUsual} />
            ))}
          </fieldset>
        </>
      )}
    </FormDialog>
  );
}
