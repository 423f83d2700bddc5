import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { CopyLine } from '../../components/copy-line.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { textOf } from '../../lib/form-text.ts';
import { outwardApi } from '../../lib/outward-api.ts';

interface SecretDialogProps {
  readonly name: string;
  readonly secret: string;
  readonly onClose: () => void;
}

/** What deliveries are signed with. It is nowhere in the page once this is closed. */
export function SecretDialog({ name, secret, onClose }: SecretDialogProps) {
  return (
    <Dialog title={`The secret of ${name}`} onClose={onClose}>
      <CopyLine label="Secret" value={secret} />
      <p>It is shown only now. Your program verifies with it that it is we who call.</p>
      <footer>
        <Button look="main" onClick={onClose}>
          Done
        </Button>
      </footer>
    </Dialog>
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
