/** Where frames do not tell their pace. */
const FRAME_MS_DEFAULT = 1000 / 30;
/** Faster than any encoder, and slower than any picture that moves. */
export const FRAME_MS_MIN = 4;
export const FRAME_MS_MAX = 500;

/** As most platforms ask of encoders; and the most that they bear. */
export const KEYFRAME_MS_LEAST = 2000;
export const KEYFRAME_MS_MOST = 4000;

/** Between two keyframes where there is nothing but keyframes. */
export const REPEAT_MS = 1000;

export interface Pace {
  readonly frameMs: number;
  readonly keyframeMs: number;
}

/**
 * The time between frames: the mean of those steps that are near the middle one, since a frame that
 * an encoder left away says nothing of its pace. And that between keyframes: what the newest group
 * shows of it. `timesMs` are of one group, in the order of coding.
 */
export function framePace(timesMs: readonly number[]): Pace {
  const steps = timesMs.slice(1).map((time, index) => time - (timesMs[index] ?? 0));
  const sorted = [...steps].sort((a, b) => a - b);
  const middle = sorted[sorted.length >> 1] ?? FRAME_MS_DEFAULT;
  const near = steps.filter((step) => step >= middle / 2 && step <= middle * 1.5);
  const sum = near.reduce((total, step) => total + step, 0);
  const frameMs = between(FRAME_MS_MIN, FRAME_MS_MAX, near.length > 0 ? sum / near.length : middle);
  const groupMs = (timesMs.at(-1) ?? 0) - (timesMs[0] ?? 0) + frameMs;
  return { frameMs, keyframeMs: between(KEYFRAME_MS_LEAST, KEYFRAME_MS_MOST, groupMs) };
}

function between(least: number, most: number, value: number): number {
  return Math.max(least, Math.min(most, value));
}
