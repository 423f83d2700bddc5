import { useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../lib/api.ts';
import { LiveFeed } from '../lib/live-feed.ts';
import { initialState } from '../lib/live-state.ts';
import type { Live } from '../lib/live.ts';
import { createStore } from '../lib/store.ts';
import { StreamSamples } from '../lib/stream-samples.ts';

/** One store and one event stream for all rooms, for as long as somebody is signed in. */
export function useLiveFeed(onSignedOut: () => void): Live {
  const [store] = useState(() => createStore(initialState));
  const [samples] = useState(() => new StreamSamples(api.statisticsSeconds));
  const feed = useRef<LiveFeed>(undefined);
  useEffect(() => {
    const opened = new LiveFeed(store, samples, onSignedOut);
    opened.open();
    feed.current = opened;
    return () => opened.close();
  }, [store, samples, onSignedOut]);
  return useMemo(
    () => ({ store, samples, refresh: async (): Promise<void> => feed.current?.refresh() }),
    [store, samples],
  );
}
