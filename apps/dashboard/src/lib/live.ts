import { createContext, useContext } from 'react';
import type { LiveState } from './live-state.ts';
import type { Store } from './store.ts';

/** What is so, as it happens, and how to ask for the lists again after a change of one's own. */
export interface Live {
  readonly store: Store<LiveState>;
  readonly refresh: () => Promise<void>;
}

export const LiveContext = createContext<Live | undefined>(undefined);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('useLive is for what stands inside the shell');
  return live;
}
