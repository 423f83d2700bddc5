import type { Platform } from '#contracts';
import { useEffect } from 'react';
import { api } from './api.ts';
import { createStore, useStore } from './store.ts';

/** They are the same for as long as the page is open. */
const store = createStore<readonly Platform[] | undefined>(undefined);
const none: readonly Platform[] = [];

/** What is known of each platform: undefined until it is here, and none when it does not come. */
export function usePresets(): readonly Platform[] | undefined {
  useEffect(() => {
    // What did not come is asked for again by whoever needs it next.
    if ((store.get() ?? none).length > 0) return;
    api.platforms().then(
      ({ items }) => store.update(() => items),
      () => store.update((held) => held ?? none),
    );
  }, []);
  return useStore(store, (presets) => presets);
}
