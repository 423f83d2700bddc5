/** So far a playhead lets its delay wander: encoders' messages come no more evenly than that. */
export const DRIFT_MS_MAX = 250;
/** Beyond, it goes slower or faster by this share of the time, until it is right again. */
export const DRIFT_SHARE = 256;
/** A leap of the encoder's clock, which leaves nothing to play for so long, is left out. */
export const HOLE_MS_MIN = 500;

/**
 * A time that goes on by itself, as fast as the clock: up to it a delayed reader may read. The
 * target is where it would be if it followed the encoder's clock exactly; it comes near to that
 * unnoticeably slowly, whatever bursts and pauses the encoder's messages come in.
 */
export class Playhead {
  #atMs: number;
  #nowMs: number;
  #targetMs: number;

  constructor(atMs: number, nowMs: number) {
    this.#atMs = atMs;
    this.#nowMs = nowMs;
    this.#targetMs = atMs;
  }

  advance(nowMs: number, targetMs: number): number {
    const passedMs = Math.max(0, nowMs - this.#nowMs);
    this.#nowMs += passedMs;
    this.#targetMs = targetMs;
    this.#atMs += passedMs;
    const offMs = targetMs - this.#atMs;
    if (Math.abs(offMs) > DRIFT_MS_MAX) {
      const stepMs = passedMs / DRIFT_SHARE;
      this.#atMs += Math.max(-stepMs, Math.min(offMs, stepMs));
    }
    return this.#atMs;
  }

  /**
   * Nothing comes before `nextMs`: leaves the hole out as far as it made the playhead late. Answers
   * whether it did.
   */
  leaveOut(nextMs: number): boolean {
    const holeMs = Math.min(nextMs, this.#targetMs) - this.#atMs;
    if (holeMs < HOLE_MS_MIN) return false;
    this.#atMs += holeMs;
    return true;
  }
}
