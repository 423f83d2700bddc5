import type { Destination } from '#contracts';
import { useCallback } from 'react';
import { api } from './api.ts';
import { useLive } from './live.ts';
import type { Live } from './live.ts';
import { serverNow } from './server-clock.ts';
import { toasts } from './toasts.ts';
import { wishMs, withoutWish, withWish } from './wishes.ts';
import type { Wish } from './wishes.ts';

/** One destination is asked one thing at a time: two calls under way may arrive in any order. */
const underway = new Map<string, Promise<void>>();

/**
 * Switches a destination on or off: shows it as asked for at once, and as it is again when that was
 * refused, with a word about why. Of several in a row the last counts. Never rejects.
 */
export async function toggle(
  live: Pick<Live, 'store' | 'refresh'>,
  { id, name }: Pick<Destination, 'id' | 'name'>,
  enabled: boolean,
  call: (id: string) => Promise<unknown> = enabled ? api.startDestination : api.stopDestination,
): Promise<void> {
  const { store } = live;
  const wish: Wish = { destinationId: id, enabled, askedAtMs: serverNow() };
  const giveUp = (): void => store.update((state) => withoutWish(state, wish));
  store.update((state) => withWish(state, wish));
  const tooLong = setTimeout(giveUp, wishMs);
  const before = underway.get(id);
  const turn = (async (): Promise<void> => {
    await before;
    // While it waited, the opposite was asked for.
    if (before !== undefined && store.get().wishes[id] !== wish) return;
    await call(id).catch((thrown: unknown) => {
      giveUp();
      toasts.fail(thrown, `${enabled ? 'Starting' : 'Stopping'} ${name}`);
    });
    // If it fails, the page is out of date, and says so by itself.
    await live.refresh().catch(() => undefined);
  })();
  underway.set(id, turn);
  await turn;
  clearTimeout(tooLong);
  giveUp();
  if (underway.get(id) === turn) underway.delete(id);
}

type Toggled = Pick<Destination, 'id' | 'name'>;

/** The same for what stands in the page. */
export function useToggle(): (destination: Toggled, enabled: boolean) => void {
  const live = useLive();
  return useCallback((destination, enabled) => void toggle(live, destination, enabled), [live]);
}
