import { useEffect, useState } from 'react';
import { recentOf } from './recent.ts';
import type { Recent } from './recent.ts';
import { samplesHeldS } from './samples.ts';
import type { Samples } from './samples.ts';
import { serverNow } from './server-clock.ts';
import { onEachSecond } from './use-now.ts';
import { useSamples } from './use-samples.ts';

/**
 * The last ten minutes of some series of a stream, new each second while the page is looked at.
 * @param seriesIds the same array from one drawing to the next.
 */
export function useRecent(streamId: string, seriesIds: readonly string[]): Recent {
  const samples = useSamples(streamId);
  const [recent, setRecent] = useState(() => readRecent(samples, seriesIds));
  useEffect(() => {
    const draw = (): void => {
      if (!document.hidden) setRecent(readRecent(samples, seriesIds));
    };
    draw();
    return onEachSecond(draw);
  }, [samples, seriesIds]);
  return recent;
}

function readRecent(samples: Samples, seriesIds: readonly string[]): Recent {
  const nowMs = serverNow();
  const windows = seriesIds.map((id) => samples.window(id, nowMs - samplesHeldS * 1_000));
  return recentOf(windows, Math.floor(nowMs / 1_000), samplesHeldS);
}
