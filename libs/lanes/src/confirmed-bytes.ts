import { LANE_LIMITS } from './settings.ts';

/** Nobody looked for so long: what was seen before says nothing of the time since. */
const LOOK_MS_MAX = 4_000;

/**
 * Whether what the kernel was handed for a peer arrives there. Of a peer that is gone nothing is
 * confirmed any more, while our kernel goes on taking bytes; of one that is slow a little is,
 * though our kernel has no room for as long as it takes to send a third of what it holds.
 */
export class ConfirmedBytes {
  #bytes = 0;
  #movedAtMs = 0;
  #lookedAtMs = Number.NEGATIVE_INFINITY;

  /** `bytes` may be less than were confirmed, by what was handed over during the look. */
  look(nowMs: number, bytes: number, unconfirmedBytes: number): 'moves' | 'stands' | 'stalled' {
    const isFirst = nowMs - this.#lookedAtMs > LOOK_MS_MAX;
    this.#lookedAtMs = nowMs;
    if (isFirst || unconfirmedBytes === 0 || bytes > this.#bytes) {
      this.#bytes = isFirst ? bytes : Math.max(bytes, this.#bytes);
      this.#movedAtMs = nowMs;
      return isFirst ? 'stands' : 'moves';
    }
    return nowMs - this.#movedAtMs > LANE_LIMITS.stallMs ? 'stalled' : 'stands';
  }
}
