import { Field } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import type { Named } from '../../lib/client.ts';
import { textOf } from '../../lib/form-text.ts';
import { outwardApi } from '../../lib/outward-api.ts';
import type { Tagged } from '../../lib/tagged.ts';
import { kindsIn, KindTicks, StreamChoice, urlHints } from './webhook-fields.tsx';

interface EditWebhookDialogProps {
  /** As it was read: nothing is changed if somebody else has changed it since. */
  readonly seen: Tagged<Named<'Webhook'>>;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

export function EditWebhookDialog({ seen, onClose, onChanged }: EditWebhookDialogProps) {
  const { id, name, format, kinds, streamId, targetHint } = seen.value;
  const isMail = format === 'email';
  const submit = async (form: FormData): Promise<void> => {
    const target = textOf(form, 'target').trim();
    const stream = textOf(form, 'streamId');
    const body = {
      name: textOf(form, 'name').trim(),
      kinds: kindsIn(form, kinds),
      streamId: stream === '' ? null : stream,
      ...(target !== '' && (isMail ? { email: target } : { url: target })),
    };
    await outwardApi.changeWebhook(id, body, seen.etag);
    onChanged();
  };
  return (
    <FormDialog title={`Edit ${name}`} words={['Save', 'Saving…']} {...{ submit, onClose }}>
      {(problem) => (
        <>
          <Field
            label="Name"
            name="name"
            required
            defaultValue={name}
            fault={problem?.faultOf('name')}
          />
          <Field
            label={isMail ? 'Another e-mail address' : 'Another URL'}
            name="target"
            type={isMail ? 'email' : 'url'}
            autoComplete="off"
            hint={`Left empty, it stays ${targetHint}. ${(!isMail && urlHints[format]) || ''}`}
            fault={problem?.faultOf('url') ?? problem?.faultOf('email')}
          />
          <StreamChoice streamId={streamId} />
          <KindTicks chosen={kinds} fault={problem?.faultOf('kinds')} />
        </>
      )}
    </FormDialog>
  );
}
