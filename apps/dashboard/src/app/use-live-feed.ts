import { useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../lib/api.ts';
import { feedWorld } from '../lib/feed-world.ts';
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
    const opened = new LiveFeed(store, { samples, world: feedWorld, onSignedOut });
    opened.open();
    feed.current = opened;
    const unfollow = followPage(opened);
    return () => {
      unfollow();
      opened.close();
    };
  }, [store, samples, onSignedOut]);
  return useMemo(
    () => ({ store, samples, refresh: async (): Promise<void> => feed.current?.refresh() }),
    [store, samples],
  );
}

/** Tells a feed whether somebody looks at the page, and what becomes of it and its network. */
function followPage(feed: LiveFeed): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  document.addEventListener('visibilitychange', () => feed.see(document.hidden), { signal });
  addEventListener('offline', () => feed.plug(false), { signal });
  addEventListener('online', () => feed.plug(true), { signal });
  addEventListener('pagehide', () => feed.suspend(), { signal });
  addEventListener('pageshow', ({ persisted }) => persisted && feed.resume(), { signal });
  if (document.hidden) feed.see(true);
  return () => listening.abort();
}
