import type { ApiProblem } from './api-problem.ts';
import { useResource } from './resource.ts';

export interface List<Item> {
  /** Undefined until it is there. */
  readonly items: readonly Item[] | undefined;
  readonly problem: ApiProblem | undefined;
  readonly reload: () => Promise<void>;
}

/** @param load stays the same function from one drawing to the next. */
export function useList<Item>(load: () => Promise<Item[]>): List<Item> {
  const { state, reloaded } = useResource(load);
  return {
    items: state.kind === 'ready' ? state.value : undefined,
    problem: state.kind === 'loading' ? undefined : state.problem,
    reload: reloaded,
  };
}
