import type { ReactNode } from 'react';
import type { ApiProblem } from '../lib/api-problem.ts';
import { useAction } from '../lib/use-action.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ProblemNote } from './problem-note.tsx';

interface FormDialogProps {
  readonly title: string;
  /** On the button: what it does, and what it is doing. */
  readonly words: readonly [idle: string, busy: string];
  /** What it throws is shown, and the form stays as it was filled in. */
  readonly submit: (form: FormData) => Promise<void>;
  readonly onChange?: () => void;
  readonly onClose: () => void;
  /** The fields, each with its fault in the problem that there was with the last attempt. */
  readonly children: (problem: ApiProblem | undefined) => ReactNode;
}

/** A form in front of the page, to be sent or given up. */
export function FormDialog(props: FormDialogProps) {
  const { title, words, submit, onChange, onClose, children } = props;
  const { busy, problem, run } = useAction();
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        onChange={onChange}
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          run(() => submit(form));
        }}
      >
        <ProblemNote problem={problem} />
        {children(problem)}
        <footer>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="main" busy={busy}>
            {words[busy ? 1 : 0]}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
