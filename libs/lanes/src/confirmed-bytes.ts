import { LANE_LIMITS } from './settings.ts';

/** Nobody looked for so long: what was seen before says nothing of the time since. */
const LOOK_MS_MAX = 4_000;

type Standing = 'moves' | 'stands' | 'stalled';

/** What a peer has confirmed, as far as a look tells that is not done in no time. */
export interface Confirmed {
  /** By what was handed over before the look. */
  readonly least: number;
  /** By what was handed over after it. */
  readonly most: number;
}

/**
 * Whether what the kernel was handed for a peer arrives there. Of a peer that is gone nothing is
 * confirmed any more, while our kernel goes on taking bytes; of one that is slow a little is,
 * though our kernel has no room for as long as it takes to send a third of what it holds.
 */
export class ConfirmedBytes {
  /** When it last moved it was this at the most. */
  #most = 0;
  #movedAtMs = 0;
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  look(nowMs: number, { least, most }: Confirmed, unconfirmedBytes: number): Standing {
    const isFirst = nowMs - this.#lookedAtMs > LOOK_MS_MAX;
    this.#lookedAtMs = nowMs;
    if (isFirst || unconfirmedBytes === 0 || least > this.#most) {
      this.#most = most;
      this.#movedAtMs = nowMs;
      return isFirst ? 'stands' : 'moves';
    }
    // It was not more then than it is now.
    this.#most = Math.min(this.#most, most);
    return nowMs - this.#movedAtMs > LANE_LIMITS.stallMs ? 'stalled' : 'stands';
  }
}
