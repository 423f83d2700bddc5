const WINDOW_SECONDS = 5;
/** One bucket more than the window, for the second that is not over yet; a power of two. */
const BUCKETS = 8;

/** A sum per second over the last five whole seconds. Allocates nothing when fed. */
export class RateWindow {
  readonly #sums = new Float64Array(BUCKETS);
  readonly #firstSecond: number;
  #newestSecond: number;

  constructor(nowMs: number) {
    this.#firstSecond = Math.floor(nowMs / 1000);
    this.#newestSecond = this.#firstSecond;
  }

  add(nowMs: number, amount: number): void {
    const second = this.#moveTo(nowMs);
    this.#sums[second % BUCKETS] = (this.#sums[second % BUCKETS] ?? 0) + amount;
  }

  /** Per second; 0 before the first second is over. */
  perSecond(nowMs: number): number {
    const second = this.#moveTo(nowMs);
    const seconds = Math.min(WINDOW_SECONDS, second - this.#firstSecond);
    let sum = 0;
    for (let back = 1; back <= seconds; back += 1) {
      sum += this.#sums[(second - back) % BUCKETS] ?? 0;
    }
    return seconds === 0 ? 0 : sum / seconds;
  }

  /**
   * Empties the buckets of the seconds in which nothing came. A clock that goes back stands still.
   */
  #moveTo(nowMs: number): number {
    const second = Math.max(Math.floor(nowMs / 1000), this.#newestSecond);
    const skipped = Math.min(second - this.#newestSecond, BUCKETS);
    for (let back = 0; back < skipped; back += 1) this.#sums[(second - back) % BUCKETS] = 0;
    this.#newestSecond = second;
    return second;
  }
}
