/** How often a lane tells its figures. */
const USUAL_MS = 1_000;
/**
 * What was heard sooner after the last figures says little: the end of an attempt has figures of
 * its own, and a main thread that was busy hears two of them at once.
 */
export const RATE_MS_MIN = 500;

/** What a push sends, from the figures of its lane. */
export class PushRate {
  #kbps = 0;
  #heardAtMs: number | undefined;
  #bytes = 0;

  get kbps(): number {
    return this.#kbps;
  }

  /** An attempt's first bytes, a group of pictures in one burst, count as those of a second. */
  hear(bytesWritten: number, nowMs: number): void {
    const elapsedMs = this.#heardAtMs === undefined ? USUAL_MS : nowMs - this.#heardAtMs;
    if (elapsedMs < RATE_MS_MIN) return;
    this.#kbps = Math.round(((bytesWritten - this.#bytes) * 8) / elapsedMs);
    this.#heardAtMs = nowMs;
    this.#bytes = bytesWritten;
  }

  /** The attempt is over: the next counts from nothing. */
  end(): void {
    this.#kbps = 0;
    this.#heardAtMs = undefined;
    this.#bytes = 0;
  }
}
