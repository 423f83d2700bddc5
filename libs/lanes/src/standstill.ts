/**
 * A claim to a stream lasts ten seconds and is made anew each second: who stood still for longer
 * than this cannot know whether another node has the stream by now.
 */
export const STOOD_STILL_MS = 8_000;
/** Media waits for no store: after so long without an answer it goes on. */
export const HELD_BACK_MS_MAX = 2_000;

/**
 * Whether this process stood still (a machine that was paused or moved, SIGSTOP): what then waits
 * in the kernel is not sent on before it is known again whose the stream is. Times are monotonic.
 */
export class Standstill {
  readonly #onStoodStill: (forMs: number) => void;
  #lookedAtMs: number;
  #heldSinceMs: number | undefined;

  constructor(nowMs: number, onStoodStill: (forMs: number) => void) {
    this.#lookedAtMs = nowMs;
    this.#onStoodStill = onStoodStill;
  }

  /** Asked before each write, and at least every second. */
  mayWrite(nowMs: number): boolean {
    const stoodMs = nowMs - this.#lookedAtMs;
    this.#lookedAtMs = nowMs;
    if (stoodMs > STOOD_STILL_MS) {
      this.#heldSinceMs = nowMs;
      this.#onStoodStill(stoodMs);
    }
    if (this.#heldSinceMs === undefined) return true;
    if (nowMs - this.#heldSinceMs > HELD_BACK_MS_MAX) this.#heldSinceMs = undefined;
    return this.#heldSinceMs === undefined;
  }

  /** The answer: what was lost has been cut. */
  goOn(): void {
    this.#heldSinceMs = undefined;
  }
}
