import type { ApiProblem } from '../lib/api-problem.ts';

/** Why something failed, for a form as a whole; faults of single fields stand at their fields. */
export function ProblemNote({ problem }: { readonly problem: ApiProblem | undefined }) {
  if (problem === undefined) return null;
  return (
    <p className="note note-bad" role="alert">
      {problem.message}
    </p>
  );
}
