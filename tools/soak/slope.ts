export interface Point {
  readonly atMs: number;
  readonly value: number;
}

export interface Slope {
  readonly perHour: number;
  /** Half of the 95 % interval. */
  readonly errorPerHour: number;
  readonly points: number;
}

const HOUR_MS = 3_600_000;
/** Of a normal distribution: 95 % lie within so many deviations. */
const DEVIATIONS = 1.96;
const POINTS_MIN = 10;
const KEPT_MAX = 0.99;

/**
 * The line that fits best (least squares), and how sure it is. Figures of a process hang together
 * from look to look, so that n of them say less than n: the error is widened by what remains of one
 * deviation in the next (autocorrelation at a distance of one). Undefined below ten points.
 */
export function slopeOf(points: readonly Point[]): Slope | undefined {
  const count = points.length;
  if (count < POINTS_MIN) return undefined;
  const meanAt = mean(points.map(({ atMs }) => atMs));
  const meanValue = mean(points.map(({ value }) => value));
  const spread = sum(points.map(({ atMs }) => (atMs - meanAt) ** 2));
  const common = sum(points.map(({ atMs, value }) => (atMs - meanAt) * (value - meanValue)));
  const perMs = common / spread;
  const rests = points.map(({ atMs, value }) => value - meanValue - perMs * (atMs - meanAt));
  const variance = sum(rests.map((rest) => rest ** 2)) / (count - 2);
  const kept = Math.min(KEPT_MAX, Math.max(0, autocorrelation(rests)));
  const error = Math.sqrt((variance / spread) * ((1 + kept) / (1 - kept)));
  return {
    perHour: perMs * HOUR_MS,
    errorPerHour: DEVIATIONS * error * HOUR_MS,
    points: count,
  };
}

export type SlopeVerdict = 'held' | 'broken' | 'not told apart';

/** Whether it is surely below the limit, surely above, or whether the noise allows neither word. */
export function judgeSlope({ perHour, errorPerHour }: Slope, limitPerHour: number): SlopeVerdict {
  if (perHour + errorPerHour <= limitPerHour) return 'held';
  if (perHour - errorPerHour > limitPerHour) return 'broken';
  return 'not told apart';
}

function autocorrelation(rests: readonly number[]): number {
  const whole = sum(rests.map((rest) => rest ** 2));
  if (whole === 0) return 0;
  const kept = sum(rests.slice(1).map((rest, index) => rest * (rests[index] ?? 0))) / whole;
  // A fitted line takes some of it away (Marriott and Pope, 1954).
  return kept + (1 + 4 * kept) / rests.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
