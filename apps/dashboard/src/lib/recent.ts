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

/** What a series comes to, for who reads and does not look: `5 fps now, 3 fps to 6 fps`. */
export function recentWords(
  values: readonly (number | null)[],
  say: (value: number) => string,
): string {
  const known = values.filter((value) => value !== null);
  const now = values.at(-1) ?? null;
  const [first = 0] = known;
  // Not spread: an array may be longer than a call takes arguments.
  const [least, most] = known.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [first, first],
  );
  if (known.length === 0) return 'nothing';
  const isFlat = say(least) === say(most);
  const range = isFlat ? say(least) : `${say(least)} to ${say(most)}`;
  if (now === null) return `nothing now, ${range} before`;
  return isFlat ? range : `${say(now)} now, ${range}`;
}

/**
 * The points of lines through the values, for SVG: a gap ends a line. Few are enough for a small
 * picture: of each step the greatest, so that a peak is seen.
 */
export function sparkLines(
  values: readonly (number | null)[],
  width: number,
  height: number,
): string[] {
  const most = values.reduce<number>((high, value) => Math.max(high, value ?? 0), 1);
  const perStep = Math.max(1, Math.ceil(values.length / width));
  const lines: string[][] = [[]];
  for (let first = 0; first < values.length; first += perStep) {
    const known = values.slice(first, first + perStep).filter((value) => value !== null);
    if (known.length === 0) {
      lines.push([]);
      continue;
    }
    const x = (first / values.length) * width;
    const y = height - (Math.max(...known) / most) * height;
    lines.at(-1)?.push(`${x.toFixed(1)},${y.toFixed(1)}`);
  }
  return lines.filter((line) => line.length > 1).map((line) => line.join(' '));
}
