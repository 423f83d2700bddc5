import { useCallback, useEffect, useState } from 'react';
import { problemFrom } from './api-problem.ts';
import type { ApiProblem } from './api-problem.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Asks for the page behind a cursor; without one, for the first. */
export type LoadPage<Item> = (cursor?: string) => Promise<Page<Item>>;

/** A long list, as much of it as was asked for. */
export interface Pages<Item> {
  /** Undefined until the first page is there. */
  readonly items: readonly Item[] | undefined;
  /** Why the last question failed; what was there before stays. */
  readonly problem: ApiProblem | undefined;
  /** Undefined where the list ends. */
  readonly older: (() => void) | undefined;
  /** Begins again with the first page. Stays the same function. */
  readonly reload: () => void;
}

export interface HeldPages<Item> {
  readonly items: readonly Item[] | undefined;
  readonly next: string | null;
  readonly problem: ApiProblem | undefined;
}

const nothing = { items: undefined, next: null, problem: undefined } as const;

/** Adds the page behind `cursor`. One that was asked for twice, or too late, is not added again. */
export function withPage<Item>(
  held: HeldPages<Item>,
  cursor: string | undefined,
  { items, nextCursor }: Page<Item>,
): HeldPages<Item> {
  if (cursor === undefined) return { items, next: nextCursor, problem: undefined };
  if (cursor !== held.next) return held;
  return { items: [...(held.items ?? []), ...items], next: nextCursor, problem: undefined };
}

/** @param load stays the same function for as long as it asks for the same thing. */
export function usePages<Item>(load: LoadPage<Item>): Pages<Item> {
  const [held, setHeld] = useState<HeldPages<Item> & { readonly load: LoadPage<Item> }>({
    ...nothing,
    load,
  });
  const ask = useCallback(
    (cursor?: string) => {
      const keep = (change: (before: HeldPages<Item>) => HeldPages<Item>): void =>
        setHeld((before) => (before.load === load ? { ...change(before), load } : before));
      load(cursor).then(
        (page) => keep((before) => withPage(before, cursor, page)),
        (thrown: unknown) => keep((before) => ({ ...before, problem: problemFrom(thrown) })),
      );
    },
    [load],
  );
  const reload = useCallback(() => ask(), [ask]);
  useEffect(reload, [reload]);
  if (held.load !== load) setHeld({ ...nothing, load });
  const { items, next, problem } = held.load === load ? held : nothing;
  return {
    items,
    problem,
    older: next === null ? undefined : () => ask(next),
    reload,
  };
}
