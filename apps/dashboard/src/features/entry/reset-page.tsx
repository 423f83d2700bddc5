import { useCallback } from 'react';
import { NewPassword } from '../../components/new-password.tsx';
import { accountApi } from '../../lib/account-api.ts';
import { textOf } from '../../lib/form-text.ts';
import { useResource } from '../../lib/resource.ts';
import { EntryPage } from './entry-page.tsx';
import { GoneLink } from './gone-link.tsx';
import { PasswordForm } from './password-form.tsx';

interface ResetPageProps {
  readonly token: string;
  readonly onSignedIn: () => void;
}

/** Behind the link for somebody who has forgotten their password. */
export function ResetPage({ token, onSignedIn }: ResetPageProps) {
  const load = useCallback(() => accountApi.readReset(token), [token]);
  const { state } = useResource(load);
  if (state.kind === 'loading') return <p className="quiet-start">Loading…</p>;
  if (state.kind === 'failed') return <GoneLink problem={state.problem} />;
  const { email } = state.value;
  return (
    <EntryPage title="Choose a new password" lead={`For ${email}. You are signed in with it.`}>
      <PasswordForm
        words={['Change the password', 'Changing…']}
        submit={async (form) => {
          await accountApi.spendReset(token, textOf(form, 'password'));
          onSignedIn();
        }}
      >
        {(problem) => (
          <>
            <input type="hidden" name="email" autoComplete="username" value={email} />
            <NewPassword
              label="New password"
              more="You are signed out everywhere else."
              fault={problem?.faultOf('password')}
            />
          </>
        )}
      </PasswordForm>
    </EntryPage>
  );
}
