/** A clock that jumps ahead by more than this, as it is seen here, was held up before. */
const AHEAD_MS_MAX = 100;
/** One that falls behind by more than this is being held up. */
const BEHIND_MS_MAX = 1_000;
/** A keyframe takes its time on the way, being large; where nothing is known yet, so much. */
const ENTRY_LATE_MS_MAX = 300;
/** And no more than this beyond what the one before it took. */
const ENTRY_LATER_MS_MAX = 100;

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
  /** The least lag, and the newest, since it is steady. */
  #leastLagMs = 0;
  #newestLagMs = 0;
  /** Of the newest keyframe; undefined before the second since it is steady. */
  #entryLateMs: number | undefined;

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
    this.#newestLagMs = lagMs;
    const stepMs = lagMs - this.#lagMs;
    const isSteady = stepMs >= -AHEAD_MS_MAX && stepMs <= BEHIND_MS_MAX;
    if (isSteady && !Number.isNaN(this.#steadySinceMs)) {
      this.#leastLagMs = Math.min(this.#leastLagMs, lagMs);
      return;
    }
    this.#lagMs = lagMs;
    this.#leastLagMs = lagMs;
    this.#entryLateMs = undefined;
    this.#changes += 1;
    this.#steadySinceMs = nowMs;
  }

  /** Whether the message told last, a keyframe, came no later than keyframes do. */
  isEntryInTime(nowMs: number): boolean {
    const lateMs = this.#newestLagMs - this.#leastLagMs;
    const before = this.#entryLateMs;
    // The first one after a change is what lateness is reckoned from.
    if (this.steadyMs(nowMs) > 0) this.#entryLateMs = lateMs;
    return lateMs <= (before === undefined ? ENTRY_LATE_MS_MAX : before + ENTRY_LATER_MS_MAX);
  }
}
