import type { TimedFrame } from './video-framing.ts';

/** B-frames wait for less; what is shown later than that is a fault of the encoder's clock. */
export const PRESENTATION_MS_MAX = 10_000;

/**
 * When pictures are shown: as long after their time as the keyframe was, and each after all before
 * it, also where the newest of the encoder's was to be shown after B-frames that never came.
 */
export class Presentation {
  readonly #compositionTimeMs: number;
  #shownMs: number;

  /** `frames` begin with the keyframe. */
  constructor(frames: readonly TimedFrame[]) {
    this.#compositionTimeMs = frames[0]?.compositionTimeMs ?? 0;
    this.#shownMs = frames.reduce((latest, { timestampMs, compositionTimeMs }) => {
      return Math.max(latest, timestampMs + compositionTimeMs);
    }, -Infinity);
  }

  /** The composition time of the next picture, which is sent at `dtsMs`. */
  next(dtsMs: number): number {
    const dueMs = dtsMs + this.#compositionTimeMs;
    const rising = Math.max(dueMs, this.#shownMs + 1);
    this.#shownMs = rising - dtsMs > PRESENTATION_MS_MAX ? dueMs : rising;
    return this.#shownMs - dtsMs;
  }
}
