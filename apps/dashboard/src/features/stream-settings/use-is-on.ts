import { useLive } from '../../lib/live.ts';
import { useStore } from '../../lib/store.ts';

/** Whether something of the stream is live now: then a change may be noticed by viewers. */
export function useIsOn(streamId: string): boolean {
  const { store } = useLive();
  return useStore(store, ({ statuses }) => (statuses[streamId]?.state ?? 'offline') !== 'offline');
}
