import { Field } from '../../components/field.tsx';
import { api } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';
import { EntryPage } from './entry-page.tsx';
import { PasswordForm } from './password-form.tsx';
import { useSetUpPending } from './use-set-up-pending.ts';

/** Stands at whatever address was asked for, which is shown as soon as one is signed in. */
export function SignInPage({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const isPending = useSetUpPending() === true;
  return (
    <EntryPage title="Sign in" lead="Publish once, be live everywhere.">
      <PasswordForm
        words={['Sign in', 'Signing in…']}
        submit={async (form) => {
          await api.signIn({ email: textOf(form, 'email'), password: textOf(form, 'password') });
          onSignedIn();
        }}
      >
        {() => (
          <>
            <Field label="E-mail" name="email" type="email" autoComplete="username" required />
            <Field
              label="Password"
              name="password"
              type="password"
              autoComplete="current-password"
              required
            />
          </>
        )}
      </PasswordForm>
      {isPending ? (
        <p className="note note-fair">
          Nobody has an account yet. Open the set-up link that <code>npm start</code> printed in the
          terminal.
        </p>
      ) : (
        <p className="hint">
          Password forgotten? Who runs this Forkcast can make you a link for a new one.
        </p>
      )}
    </EntryPage>
  );
}
