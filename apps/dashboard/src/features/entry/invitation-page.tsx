import { useCallback } from 'react';
import { Field } from '../../components/field.tsx';
import { NewPassword } from '../../components/new-password.tsx';
import { api } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';
import { useResource } from '../../lib/resource.ts';
import { EntryPage } from './entry-page.tsx';
import { GoneLink } from './gone-link.tsx';
import { PasswordForm } from './password-form.tsx';

interface InvitationPageProps {
  readonly token: string;
  readonly onSignedIn: () => void;
}

/** Behind the link of an invitation: makes the account, or asks for the one that there is. */
export function InvitationPage({ token, onSignedIn }: InvitationPageProps) {
  const load = useCallback(() => api.readInvitation(token), [token]);
  const { state } = useResource(load);
  if (state.kind === 'loading') return <p className="quiet-start">Loading…</p>;
  if (state.kind === 'failed') return <GoneLink problem={state.problem} />;
  const { workspaceName, role, email, hasAccount } = state.value;
  return (
    <EntryPage
      title={`Join ${workspaceName}`}
      lead={`You are invited as ${role}, by the address ${email}.`}
    >
      <PasswordForm
        words={['Join', 'Joining…']}
        submit={async (form) => {
          const name = textOf(form, 'name').trim();
          const password = textOf(form, 'password');
          await api.acceptInvitation({ token, password, ...(name !== '' && { name }) });
          onSignedIn();
        }}
      >
        {(problem) => (
          <>
            <input type="hidden" name="email" autoComplete="username" value={email} />
            {!hasAccount && <Field label="Your name" name="name" autoComplete="name" />}
            {hasAccount ? (
              <Field
                label="Password"
                name="password"
                type="password"
                autoComplete="current-password"
                required
                hint="You have an account here already; its password shows that it is yours."
                fault={problem?.faultOf('password')}
              />
            ) : (
              <NewPassword label="Choose a password" fault={problem?.faultOf('password')} />
            )}
          </>
        )}
      </PasswordForm>
    </EntryPage>
  );
}
