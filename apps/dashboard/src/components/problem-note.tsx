import type { ApiProblem } from '../lib/api-problem.ts';

/**
 * Why something failed, for a form as a whole. What is said already at the one field at fault is
 * not said twice.
 */
export function ProblemNote({ problem }: { readonly problem: ApiProblem | undefined }) {
  if (problem === undefined) return null;
  const [only, ...others] = problem.fieldFaults;
  if (others.length === 0 && only?.message === problem.message) return null;
  return (
    <p className="note note-bad" role="alert">
      {problem.message}
    </p>
  );
}
