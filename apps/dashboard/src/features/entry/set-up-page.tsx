import { Field } from '../../components/field.tsx';
import { NewPassword } from '../../components/new-password.tsx';
import { api } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';
import { EntryPage } from './entry-page.tsx';
import { GoneLink } from './gone-link.tsx';
import { PasswordForm } from './password-form.tsx';
import { useSetUpPending } from './use-set-up-pending.ts';

const setUpAlready = { status: 409, message: 'This Forkcast is set up already.' };

interface SetUpPageProps {
  readonly token: string;
  readonly onSignedIn: () => void;
}

/** Behind the one-time link: makes the first administrator and signs in. */
export function SetUpPage({ token, onSignedIn }: SetUpPageProps) {
  const isPending = useSetUpPending();
  if (isPending === false) return <GoneLink problem={setUpAlready} />;
  return (
    <EntryPage title="Set up Forkcast" lead="Create the account you will sign in with.">
      <PasswordForm
        words={['Create account', 'Creating…']}
        submit={async (form) => {
          const email = textOf(form, 'email');
          await api.setUp({ token, email, password: textOf(form, 'password') });
          onSignedIn();
        }}
      >
        {(problem) => (
          <>
            <Field
              label="E-mail"
              name="email"
              type="email"
              autoComplete="username"
              required
              fault={problem?.faultOf('email')}
            />
            <NewPassword label="Password" fault={problem?.faultOf('password')} />
          </>
        )}
      </PasswordForm>
    </EntryPage>
  );
}
