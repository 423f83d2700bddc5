import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { api } from '../../lib/api.ts';
import { useAction } from '../../lib/use-action.ts';
import { EntryPage } from './entry-page.tsx';
import { textOf } from '../../lib/form-text.ts';

const passwordLengthMin = 12;

interface SetUpPageProps {
  readonly token: string;
  readonly onSignedIn: () => void;
}

/** Behind the one-time link: makes the first administrator and signs in. */
export function SetUpPage({ token, onSignedIn }: SetUpPageProps) {
  const { busy, problem, run } = useAction();
  const submit = (form: FormData): void =>
    run(async () => {
      await api.setUp({
        token,
        email: textOf(form, 'email'),
        password: textOf(form, 'password'),
      });
      onSignedIn();
    });

  return (
    <EntryPage title="Set up Forkcast" lead="Create the account you will sign in with.">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        <ProblemNote problem={problem} />
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          fault={problem?.faultOf('email')}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={passwordLengthMin}
          required
          hint={`At least ${passwordLengthMin} characters; a short sentence is a good one.`}
          fault={problem?.faultOf('password')}
        />
        <Button type="submit" look="main" busy={busy}>
          {busy ? 'Creating…' : 'Create account'}
        </Button>
      </form>
    </EntryPage>
  );
}
