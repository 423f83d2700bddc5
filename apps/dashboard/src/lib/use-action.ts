import { useState } from 'react';
import { problemFrom } from './api-problem.ts';
import type { ApiProblem } from './api-problem.ts';

export interface Action {
  readonly busy: boolean;
  readonly problem: ApiProblem | undefined;
  /** Runs `deed` unless one is running; what it throws becomes `problem`. */
  readonly run: (deed: () => Promise<void>) => void;
}

/** One thing a person asked for: whether it is under way, and why it failed. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const run = (deed: () => Promise<void>): void => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    deed()
      .catch((thrown: unknown) => setProblem(problemFrom(thrown)))
      .finally(() => setBusy(false));
  };
  return { busy, problem, run };
}
