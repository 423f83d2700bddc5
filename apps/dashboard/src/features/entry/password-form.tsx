import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import type { ApiProblem } from '../../lib/api-problem.ts';
import { useAction } from '../../lib/use-action.ts';

interface PasswordFormProps {
  /** On the button: what it does, and what it is doing. */
  readonly words: readonly [idle: string, busy: string];
  readonly submit: (form: FormData) => Promise<void>;
  /** The fields, each with its fault in the problem that there was with the last attempt. */
  readonly children: (problem: ApiProblem | undefined) => ReactNode;
}

/** A form of those who are not signed in yet. */
export function PasswordForm({ words, submit, children }: PasswordFormProps) {
  const { busy, problem, run } = useAction();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        run(() => submit(form));
      }}
    >
      <ProblemNote problem={problem} />
      {children(problem)}
      <Button type="submit" look="main" busy={busy}>
        {words[busy ? 1 : 0]}
      </Button>
    </form>
  );
}
