import type { PushView } from '../../../lib/live-state.ts';
import { isOnAir } from '../../../lib/push-words.ts';
import { useNow } from '../../../lib/use-now.ts';
import { kbitPerSecond, timeSpan } from '../../../lib/words.ts';

/** Before that, nothing was measured yet: 0 would be no news but a fright. */
const measuredMs = 3_000;

/** How much leaves, how far behind (as wanted: delay; beyond that: lag), and what was left out. */
export function DestinationFigures({ push }: { readonly push: PushView }) {
  const now = useNow();
  const { state, since, kbps, delayMs, delayWantedMs, lagMs, droppedFrames } = push;
  if (!isOnAir(push) && state !== 'draining') return null;
  const delay = Math.max(delayMs, delayWantedMs);
  const notYet = delayMs < delayWantedMs ? `${timeSpan(delayMs)} of ` : '';
  return (
    <div className="destination-figures">
      <p>{kbps > 0 || now - Date.parse(since) >= measuredMs ? kbitPerSecond(kbps) : ''}</p>
      <p className="hint">
        {delay > 0 && (
          <span>
            delay {notYet}
            {timeSpan(delay)}
          </span>
        )}
        <span title="Behind what it should be playing">lag {timeSpan(lagMs)}</span>
        <span title="Frames that were left out to catch up">drops {droppedFrames}</span>
      </p>
    </div>
  );
}
