import { useEffect, useState } from 'react';
import { recentOf } from './recent.ts';
import type { Recent } from './recent.ts';
import { samplesHeldS } from './samples.ts';
import type { Samples } from './samples.ts';
import { serverNow } from './server-clock.ts';
import { onEachSecond } from './use-now.ts';
import { useSamples } from './use-samples.ts';

/** A window is not shorter: what has just begun would be drawn as if it jumped. */
const leastSeconds = 60;

/**
 * The last ten minutes of some series of a stream, new each second while the page is looked at.
 * @param seriesIds the same array from one drawing to the next.
 * @param since what is before it, in ms since 1970, is left out.
 */
export function useRecent(streamId: string, seriesIds: readonly string[], since = 0): Recent {
  const samples = useSamples(streamId);
  const [recent, setRecent] = useState(() => readRecent(samples, seriesIds, since));
  useEffect(() => {
    const draw = (): void => {
      if (!document.hidden) setRecent(readRecent(samples, seriesIds, since));
    };
    draw();
    return onEachSecond(draw);
  }, [samples, seriesIds, since]);
  return recent;
}

function readRecent(samples: Samples, seriesIds: readonly string[], since: number): Recent {
  const nowMs = serverNow();
  const wanted = Math.max(leastSeconds, Math.ceil((nowMs - since) / 1_000));
  const windows = seriesIds.map((id) => samples.window(id, nowMs - samplesHeldS * 1_000));
  return recentOf(windows, Math.floor(nowMs / 1_000), Math.min(samplesHeldS, wanted));
}
