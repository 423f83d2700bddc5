/** How long an orderly end waits for destinations to take what is theirs, and our goodbye. */
export const DRAIN_SECONDS_DEFAULT = 5;
export const DRAIN_SECONDS_MAX = 900;
/** How long it then waits for the stores and the disk to hear of it. */
export const LAST_WORDS_MS = 1_000;
/** Lanes and stores that do not end by themselves are cut off after 2 s, and 1 s. */
const CUT_OFF_MS = 3_000;

/** All of it. Whoever kills a relay sooner cuts broadcasts off in the middle of their goodbyes. */
export function endMsMax(drainSeconds: number): number {
  return drainSeconds * 1_000 + LAST_WORDS_MS + CUT_OFF_MS;
}
