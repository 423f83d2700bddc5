import type { SampleWindow } from './samples.ts';

/** Several series over the same seconds; null where nothing was said. */
export interface Recent {
  /** In seconds since 1970, one after the other. */
  readonly times: readonly number[];
  readonly series: readonly (readonly (number | null)[])[];
}

/** Figures come about once a second: one that comes late leaves no gap. */
const lateSeconds = 2;

/**
 * The last `seconds` up to `toSecond`, all of them, also those of which nothing is known: a chart
 * of ten minutes shows ten minutes. What was said stands for the next two seconds at most.
 */
export function recentOf(
  windows: readonly SampleWindow[],
  toSecond: number,
  seconds: number,
): Recent {
  const from = toSecond - seconds + 1;
  return {
    times: Array.from({ length: seconds }, (_, index) => from + index),
    series: windows.map((window) => valuesOf(window, from, seconds)),
  };
}

function valuesOf([times, values]: SampleWindow, from: number, seconds: number) {
  const placed = Array.from<number | null>({ length: seconds }).fill(null);
  times.forEach((time, index) => {
    const until = Math.min(time + lateSeconds, (times[index + 1] ?? Infinity) - 1);
    for (let second = time; second <= until; second += 1) {
      const place = second - from;
      if (place >= 0 && place < seconds) placed[place] = values[index] ?? null;
    }
  });
  return placed;
}

/** What a series comes to, for those who read and do not look: `6,000 kbit/s now, least 5,100`. */
export function recentWords(
  values: readonly (number | null)[],
  say: (value: number) => string,
): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return 'nothing in the last ten minutes';
  const now = values.at(-1) ?? null;
  // Not spread: an array may be longer than a call takes arguments.
  const [least, most] = known.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, 0],
  );
  const range = `${say(least)} to ${say(most)} in the last ten minutes`;
  return now === null ? `nothing now, ${range}` : `${say(now)} now, ${range}`;
}
