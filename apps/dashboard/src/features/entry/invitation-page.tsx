import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import { problemFrom } from '../../lib/api-problem.ts';
import type { ApiProblem } from '../../lib/api-problem.ts';
import type { Named } from '../../lib/client.ts';
import { textOf } from '../../lib/form-text.ts';
import { useAction } from '../../lib/use-action.ts';
import { EntryPage } from './entry-page.tsx';

const passwordLengthMin = 12;

interface InvitationPageProps {
  readonly token: string;
  readonly onSignedIn: () => void;
}

/** Behind the link of an invitation: makes the account, or asks for the one that there is. */
export function InvitationPage({ token, onSignedIn }: InvitationPageProps) {
  const [invitation, setInvitation] = useState<Named<'OpenInvitation'>>();
  const [gone, setGone] = useState<ApiProblem>();
  useEffect(() => {
    api
      .readInvitation(token)
      .then(setInvitation, (thrown: unknown) => setGone(problemFrom(thrown)));
  }, [token]);
  if (gone !== undefined) return <EntryPage title="This link does not work" lead={gone.message} />;
  if (invitation === undefined) return <p className="quiet-start">Loading…</p>;
  return (
    <EntryPage
      title={`Join ${invitation.workspaceName}`}
      lead={`You are invited as ${invitation.role}, by the address ${invitation.email}.`}
    >
      <AcceptForm token={token} invitation={invitation} onSignedIn={onSignedIn} />
    </EntryPage>
  );
}

interface AcceptFormProps extends InvitationPageProps {
  readonly invitation: Named<'OpenInvitation'>;
}

function AcceptForm({ token, invitation, onSignedIn }: AcceptFormProps) {
  const { busy, problem, run } = useAction();
  const { hasAccount, email } = invitation;
  const submit = (form: FormData): void =>
    run(async () => {
      const name = textOf(form, 'name').trim();
      const password = textOf(form, 'password');
      await api.acceptInvitation({ token, password, ...(name !== '' && { name }) });
      onSignedIn();
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
      <ProblemNote problem={problem} />
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
        <Field
          label="Choose a password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={passwordLengthMin}
          required
          hint={`At least ${passwordLengthMin} characters; a short sentence is a good one.`}
          fault={problem?.faultOf('password')}
        />
      )}
      <Button type="submit" look="main" busy={busy}>
        {busy ? 'Joining…' : 'Join'}
      </Button>
    </form>
  );
}
