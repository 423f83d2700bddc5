import { Field } from '../../components/field.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { NewPassword } from '../../components/new-password.tsx';
import { Tick } from '../../components/tick.tsx';
import { adminApi } from '../../lib/admin-api.ts';
import { textOf } from '../../lib/form-text.ts';

interface AddUserDialogProps {
  readonly onClose: () => void;
  readonly onMade: () => void;
}

export function AddUserDialog({ onClose, onMade }: AddUserDialogProps) {
  const submit = async (form: FormData): Promise<void> => {
    const name = textOf(form, 'name').trim();
    await adminApi.createUser({
      email: textOf(form, 'email').trim(),
      password: textOf(form, 'password'),
      isInstanceAdmin: form.has('isInstanceAdmin'),
      ...(name !== '' && { name }),
    });
    onMade();
  };
  return (
    <FormDialog title="Add a user" words={['Add', 'Adding…']} submit={submit} onClose={onClose}>
      {(problem) => (
        <>
          <p className="hint">
            An account that is in no workspace yet. To let somebody into yours, invite them there.
          </p>
          <Field
            label="E-mail"
            name="email"
            type="email"
            autoComplete="off"
            required
            fault={problem?.faultOf('email')}
          />
          <Field label="Name" name="name" fault={problem?.faultOf('name')} />
          <NewPassword
            label="Password"
            more="You tell it to them; nobody can read it here later."
            fault={problem?.faultOf('password')}
          />
          <Tick label="Runs this Forkcast, too" name="isInstanceAdmin" />
        </>
      )}
    </FormDialog>
  );
}
