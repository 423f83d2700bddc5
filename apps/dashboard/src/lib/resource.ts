import { useCallback, useEffect, useState } from 'react';
import { problemFrom } from './api-problem.ts';
import type { ApiProblem } from './api-problem.ts';

/** Something that a page reads when it opens. After a reload that failed, the last stays. */
export type Resource<Value> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: Value; readonly problem?: ApiProblem }
  | { readonly kind: 'failed'; readonly problem: ApiProblem };

const loading = { kind: 'loading' } as const;

/** What becomes of what is shown when a reload failed. */
export function withProblem<Value>(held: Resource<Value>, problem: ApiProblem): Resource<Value> {
  return held.kind === 'ready' ? { ...held, problem } : { kind: 'failed', problem };
}

interface Held<Value> {
  /** Whose answer it is. */
  readonly load: () => Promise<Value>;
  readonly state: Resource<Value>;
}

/**
 * Reads it when it is first shown, and again on `reload`. A late answer to another question is
 * dropped.
 * @param load stays the same function for as long as it asks for the same thing.
 */
export function useResource<Value>(load: () => Promise<Value>): {
  readonly state: Resource<Value>;
  readonly reload: () => void;
  /** The same, for who waits until it has come, or has failed. */
  readonly reloaded: () => Promise<void>;
} {
  const [held, setHeld] = useState<Held<Value>>({ load, state: loading });
  const reloaded = useCallback(() => {
    const keep = (change: (before: Resource<Value>) => Resource<Value>): void =>
      setHeld((before) => (before.load === load ? { load, state: change(before.state) } : before));
    return load().then(
      (value) => keep(() => ({ kind: 'ready', value })),
      (thrown: unknown) => keep((before) => withProblem(before, problemFrom(thrown))),
    );
  }, [load]);
  const reload = useCallback(() => void reloaded(), [reloaded]);
  useEffect(reload, [reload]);
  if (held.load !== load) setHeld({ load, state: loading });
  return { state: held.load === load ? held.state : loading, reload, reloaded };
}
