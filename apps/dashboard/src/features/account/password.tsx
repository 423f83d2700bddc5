import { useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { NewPassword } from '../../components/new-password.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { accountApi } from '../../lib/account-api.ts';
import type { ApiProblem } from '../../lib/api-problem.ts';
import { textOf } from '../../lib/form-text.ts';
import { toasts } from '../../lib/toasts.ts';
import { useAction } from '../../lib/use-action.ts';

interface PasswordProps {
  readonly email: string;
  /** Other sessions have ended with it. */
  readonly onChanged: () => void;
}

/** Another password for oneself. */
export function Password({ email, onChanged }: PasswordProps) {
  const { busy, problem, run } = useAction();
  const form = useRef<HTMLFormElement>(null);
  const change = (fields: FormData): void =>
    run(async () => {
      await accountApi.changePassword({
        currentPassword: textOf(fields, 'currentPassword'),
        newPassword: textOf(fields, 'newPassword'),
      });
      form.current?.reset();
      toasts.say('The password was changed. You are signed out everywhere else.');
      onChanged();
    });
  return (
    <section className="card" aria-labelledby="password">
      <h2 id="password">Password</h2>
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          change(new FormData(event.currentTarget));
        }}
      >
        {/* For those who keep passwords: whose it is. */}
        <input type="hidden" name="email" autoComplete="username" value={email} />
        <ProblemNote problem={isOfField(problem) ? undefined : problem} />
        <Field
          label="Present password"
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          required
          fault={isOfField(problem) ? problem?.message : undefined}
        />
        <NewPassword
          label="New password"
          name="newPassword"
          more="You are signed out everywhere else."
          fault={problem?.faultOf('newPassword')}
        />
        <div className="deeds">
          <Button type="submit" busy={busy}>
            {busy ? 'Changing…' : 'Change the password'}
          </Button>
        </div>
      </form>
    </section>
  );
}

function isOfField(problem: ApiProblem | undefined): boolean {
  return problem?.code === 'PASSWORD_WRONG';
}
