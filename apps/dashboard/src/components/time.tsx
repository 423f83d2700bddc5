import { useNow } from '../lib/use-now.ts';
import { agoWords, clockWords, momentWords } from '../lib/time-words.ts';
import { countdown } from '../lib/words.ts';

interface TimeProps {
  /** ISO 8601, as the API says it. */
  readonly at: string;
}

/** When something was, by the viewer's clock; whoever points at it reads the day and the zone. */
export function Clock({ at }: TimeProps) {
  return (
    <time dateTime={at} title={momentWords(at)}>
      {clockWords(at)}
    </time>
  );
}

/** How long ago something was. It alone is drawn again as time goes on. */
export function Ago({ at }: TimeProps) {
  const now = useNow();
  return (
    <time dateTime={at} title={momentWords(at)}>
      {agoWords(now - Date.parse(at))}
    </time>
  );
}

/** How long something is still away. */
export function Countdown({ at }: TimeProps) {
  const now = useNow();
  return (
    <time dateTime={at} title={momentWords(at)}>
      {countdown(Date.parse(at) - now)}
    </time>
  );
}
