import { useEffect } from 'react';
import { useLive } from './live.ts';
import type { Samples } from './samples.ts';
import { useStore } from './store.ts';

/** The last minutes of one stream's figures. What was before this page comes in a moment later. */
export function useSamples(streamId: string): Samples {
  const { store, samples } = useLive();
  const broadcastId = useStore(store, ({ statuses }) => statuses[streamId]?.broadcast?.id);
  useEffect(() => {
    if (broadcastId !== undefined) void samples.seed(streamId, broadcastId);
  }, [samples, streamId, broadcastId]);
  return samples.of(streamId);
}
