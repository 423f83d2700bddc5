import type { Random } from '#kernel';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** After the first try, the second, and so on; then the last of these again and again. */
const WAITS_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
];
/** Each wait is up to this much shorter or longer, so that receivers are not hit all at once. */
const SPREAD = 0.2;

/**
 * How long to wait after a try that failed, in ms: longer each time, and never less than the
 * receiver asked for.
 *
 * @param tries how many there were, at least 1.
 */
export function waitMs(tries: number, random: Random, retryAfterSeconds: number | null): number {
  const usualMs = WAITS_MS[Math.min(tries, WAITS_MS.length) - 1] ?? 0;
  const spreadMs = usualMs * (1 + SPREAD * (2 * random() - 1));
  return Math.round(Math.max(spreadMs, (retryAfterSeconds ?? 0) * SECOND_MS));
}
