export interface ChartSeries {
  readonly name: string;
  /** Which of the looks it has: the same in each chart that shows it. */
  readonly look: number;
  /** One for each time; null is a gap. */
  readonly values: readonly (number | null)[];
  /** What it comes to, in words: a line cannot be read aloud. */
  readonly summary: string;
}

export interface ChartProps {
  readonly title: string;
  /** In seconds since 1970, growing. The same array until there is something new to draw. */
  readonly times: readonly number[];
  /** The same array until there is something new to draw. */
  readonly series: readonly ChartSeries[];
  /** A value with its unit. The same function from one drawing to the next. */
  readonly say: (value: number) => string;
  /** The axis goes up to here at least, so that next to nothing is not drawn as much. */
  readonly topMin?: number;
  /** `small`: one of several beside each other. */
  readonly size?: 'small' | 'large';
}

const colours = 6;
/** In pixels, drawn and left out in turn. A colour alone tells nobody enough. */
const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [8, 3, 2, 3]];

/** The class that gives a series its colour. */
export function lookOf(index: number): string {
  return `series-${index % colours}`;
}

export function dashOf(index: number): readonly number[] {
  return dashes[index % dashes.length] ?? [];
}
