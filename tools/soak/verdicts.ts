import { judgedPoints, SERIES_NAMES, seriesPlan } from './samples.ts';
import type { Sample, SeriesName } from './samples.ts';
import { judgeSlope, slopeOf } from './slope.ts';
import type { Slope, SlopeVerdict } from './slope.ts';

export interface JudgedSlope {
  readonly name: SeriesName;
  readonly unit: string;
  /** Undefined where there was too little to judge. */
  readonly slope: Slope | undefined;
  readonly limitPerHour: number | undefined;
  readonly verdict: SlopeVerdict | undefined;
  /** At the first and at the last of the points that are judged. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly most: number | undefined;
}

/** How each figure went on over the second half. */
export function judgeSlopes(samples: readonly Sample[], durationMs: number): JudgedSlope[] {
  return SERIES_NAMES.map((name) => {
    const points = judgedPoints(samples, name, durationMs);
    const slope = slopeOf(points);
    const { unit, limitPerHour } = seriesPlan(name);
    const values = samples.flatMap((sample) => sample.values[name] ?? []);
    return {
      ...{ name, unit, slope, limitPerHour },
      verdict:
        slope === undefined || limitPerHour === undefined
          ? undefined
          : judgeSlope(slope, limitPerHour),
      first: points[0]?.value,
      last: points.at(-1)?.value,
      most: values.length === 0 ? undefined : Math.max(...values),
    };
  });
}
