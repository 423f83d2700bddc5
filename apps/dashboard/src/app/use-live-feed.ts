import { useEffect, useMemo, useRef, useState } from 'react';
import { LiveFeed } from '../lib/live-feed.ts';
import { initialState } from '../lib/live-state.ts';
import type { Live } from '../lib/live.ts';
import { createStore } from '../lib/store.ts';

/** One store and one event stream for all rooms, for as long as somebody is signed in. */
export function useLiveFeed(onSignedOut: () => void): Live {
  const [store] = useState(() => createStore(initialState));
  const feed = useRef<LiveFeed>(undefined);
  useEffect(() => {
    const opened = new LiveFeed(store, onSignedOut);
    opened.open();
    feed.current = opened;
    return () => opened.close();
  }, [store, onSignedOut]);
  return useMemo(
    () => ({ store, refresh: async (): Promise<void> => feed.current?.refresh() }),
    [store],
  );
}
