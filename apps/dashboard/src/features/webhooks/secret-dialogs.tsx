import { Choice } from '../../components/choice.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { ShownOnce } from '../../components/shown-once.tsx';
import { textOf } from '../../lib/form-text.ts';
import { outwardApi } from '../../lib/outward-api.ts';

interface SecretDialogProps {
  readonly name: string;
  readonly secret: string;
  readonly onClose: () => void;
}

/** What deliveries are signed with. */
export function SecretDialog({ name, secret, onClose }: SecretDialogProps) {
  return (
    <ShownOnce title={`The secret of ${name}`} label="Secret" value={secret} onClose={onClose}>
      It is shown only now. Your program verifies with it that it is we who call.
    </ShownOnce>
  );
}

const overlaps: readonly (readonly [seconds: string, words: string])[] = [
  ['86400', 'For a day'],
  ['3600', 'For an hour'],
  ['604800', 'For a week'],
  ['0', 'Not at all: it is known to others'],
];

interface NewSecretDialogProps {
  readonly webhook: { readonly id: string; readonly name: string };
  readonly onClose: () => void;
  readonly onMade: (secret: string) => void;
}

export function NewSecretDialog({ webhook, onClose, onMade }: NewSecretDialogProps) {
  const submit = async (form: FormData): Promise<void> => {
    const { secret } = await outwardApi.rotateSecret(webhook.id, Number(textOf(form, 'overlap')));
    if (secret === null) onClose();
    else onMade(secret);
  };
  return (
    <FormDialog
      title={`A new secret for ${webhook.name}`}
      words={['Make it', 'Making…']}
      {...{ submit, onClose }}
    >
      {() => (
        <Choice
          label="The present one still signs, too"
          name="overlap"
          options={overlaps}
          hint="Until your program knows the new one."
        />
      )}
    </FormDialog>
  );
}
