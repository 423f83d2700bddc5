/** A clock that jumps ahead by more than this, as it is seen here, was held up before. */
const AHEAD_MS_MAX = 100;
/** One that falls behind by more than this is being held up. */
const BEHIND_MS_MAX = 1_000;

/**
 * Whether a sender is at its present, or sends at once what has gathered: while it connected, say,
 * or while the network stood still. Seen by its timestamps (u32, in milliseconds) against the time
 * at which they come.
 */
export class Steadiness {
  #hasBegun = false;
  #firstTimestamp = 0;
  /** What the sender's clock lags, as far as that is known. */
  #lagMs = 0;
  #steadySinceMs = NaN;
  #changes = 0;

  /** How long its clock has been as it is; 0 before the first message. */
  steadyMs(nowMs: number): number {
    return Number.isNaN(this.#steadySinceMs) ? 0 : nowMs - this.#steadySinceMs;
  }

  /** How often it was another. */
  get changes(): number {
    return this.#changes;
  }

  onMessage(timestamp: number, nowMs: number): void {
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      this.#firstTimestamp = timestamp;
    }
    const lagMs = nowMs - ((timestamp - this.#firstTimestamp) | 0);
    const stepMs = lagMs - this.#lagMs;
    const isSteady = stepMs >= -AHEAD_MS_MAX && stepMs <= BEHIND_MS_MAX;
    if (isSteady && !Number.isNaN(this.#steadySinceMs)) return;
    this.#lagMs = lagMs;
    this.#changes += 1;
    this.#steadySinceMs = nowMs;
  }
}
