import { useEffect, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import { textOf } from '../../lib/form-text.ts';
import { useAction } from '../../lib/use-action.ts';
import { EntryPage } from './entry-page.tsx';

export function SignInPage({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const setUpPending = useSetUpPending();
  const { busy, problem, run } = useAction();
  const submit = (form: FormData): void =>
    run(async () => {
      await api.signIn({ email: textOf(form, 'email'), password: textOf(form, 'password') });
      onSignedIn();
    });

  return (
    <EntryPage title="Sign in" lead="Publish once, be live everywhere.">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        <ProblemNote problem={problem} />
        <Field label="E-mail" name="email" type="email" autoComplete="username" required />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <Button type="submit" look="main" busy={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </Button>
      </form>
      {setUpPending && (
        <p className="note note-fair">
          Nobody has an account yet. Open the set-up link that <code>npm start</code> printed in the
          terminal.
        </p>
      )}
    </EntryPage>
  );
}

function useSetUpPending(): boolean {
  const [pending, setPending] = useState(false);
  useEffect(() => {
    api.setUpPending().then(
      (answer) => setPending(answer.pending),
      () => undefined,
    );
  }, []);
  return pending;
}
