import { useCallback, useState } from 'react';
import { destinationApi } from './destination-api.ts';
import type { DestinationChange } from './destination-api.ts';
import { useLive } from './live.ts';

type Seen = ReturnType<typeof destinationApi.read>;

/** What goes wrong with it is told to who waits for it. */
function read(id: string): Seen {
  const seen = destinationApi.read(id);
  seen.catch(() => undefined);
  return seen;
}

/**
 * Changes a destination only as it was when this was opened. Who was told that it is another by
 * now has been told: their next try counts.
 */
export function useDestinationChange(id: string): (body: DestinationChange) => Promise<void> {
  const { refresh } = useLive();
  const [seen, setSeen] = useState(() => read(id));
  return useCallback(
    async (body) => {
      try {
        const { etag } = await seen;
        await destinationApi.change(id, body, etag);
      } catch (thrown) {
        setSeen(read(id));
        throw thrown;
      }
      await refresh();
    },
    [id, seen, refresh],
  );
}
