import { useEffect, useState } from 'react';
import { problemFrom } from './api-problem.ts';
import type { ApiProblem } from './api-problem.ts';

export interface List<Item> {
  /** Undefined until it is there. */
  readonly items: readonly Item[] | undefined;
  readonly problem: ApiProblem | undefined;
  readonly reload: () => Promise<void>;
}

type Loaded<Item> = Pick<List<Item>, 'items' | 'problem'>;

/** @param load stays the same function from one drawing to the next. */
export function useList<Item>(load: () => Promise<Item[]>): List<Item> {
  const [loaded, setLoaded] = useState<Loaded<Item>>({ items: undefined, problem: undefined });
  const ask = (): Promise<void> =>
    load().then(
      (items) => setLoaded({ items, problem: undefined }),
      (thrown: unknown) => setLoaded((before) => ({ ...before, problem: problemFrom(thrown) })),
    );
  useEffect(() => {
    load().then(
      (items) => setLoaded({ items, problem: undefined }),
      (thrown: unknown) => setLoaded({ items: undefined, problem: problemFrom(thrown) }),
    );
  }, [load]);
  return { ...loaded, reload: ask };
}
