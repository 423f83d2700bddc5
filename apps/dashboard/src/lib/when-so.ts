import type { Store } from './store.ts';

/** Resolves as soon as what a store holds is so, and after `mostMs` at the latest. */
export function whenSo<State>(
  store: Store<State>,
  isSo: (state: State) => boolean,
  mostMs: number,
): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (isSo(store.get())) end();
    };
    const end = (): void => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(end, mostMs);
    const unsubscribe = store.subscribe(look);
    look();
  });
}
