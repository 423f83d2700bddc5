/** How far the server's clock is ahead of this computer's, in milliseconds. */
const clock = { aheadMs: 0, isKnown: false };

/** The header tells whole seconds, and the answer took a while: less than this is no difference. */
export const differenceMinMs = 2_000;

/**
 * How far a clock is ahead that said `date`, of this computer's, which shows `nowMs`. Undefined:
 * there is nothing to tell it by.
 */
export function aheadOf(date: string | null, nowMs: number): number | undefined {
  const saidMs = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(saidMs)) return undefined;
  // On average half of the second that the header tells was over.
  const aheadMs = saidMs + 500 - nowMs;
  return Math.abs(aheadMs) < differenceMinMs ? 0 : aheadMs;
}

/** Takes the difference from the `Date` header of an answer, once. */
export function hearServerDate(date: string | null): void {
  if (clock.isKnown) return;
  const aheadMs = aheadOf(date, Date.now());
  if (aheadMs === undefined) return;
  clock.aheadMs = aheadMs;
  clock.isKnown = true;
}

/**
 * The time by the server's clock, in milliseconds: what its times are compared with. With a wrong
 * clock in this computer a countdown would be hours off.
 */
export function serverNow(): number {
  return Date.now() + clock.aheadMs;
}
