import type { StatisticsPage } from '../../lib/history-api.ts';

/** A value for each time; null where nothing was seen, so that a gap is a gap. */
export type Values = readonly (number | null)[];

export interface FigureSeries {
  /** Null: the encoder. */
  readonly destinationId: string | null;
  readonly name: string;
  readonly kbps: Values;
  readonly lagMs: Values;
  /** Frames. */
  readonly dropped: Values;
}

/** All series of a broadcast over the same times. */
export interface Figures {
  /** Of each value, in seconds. */
  readonly resolution: number;
  /** In seconds since 1970. */
  readonly times: readonly number[];
  readonly series: readonly FigureSeries[];
}

type Point = StatisticsPage['series'][number]['points'][number];

/** The encoder comes first, then the destinations by name. */
export function figuresOf(pages: readonly StatisticsPage[]): Figures {
  const resolution = Math.max(1, ...pages.map((page) => page.resolution));
  const stepOf = ({ at }: Point): number => Math.floor(Date.parse(at) / 1_000 / resolution);
  const all = new Map<string | null, { name: string; points: Map<number, Point> }>();
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { destinationId, name, points } of pages.flatMap(({ series }) => series)) {
    const known = all.get(destinationId) ?? {
      name: nameOf(destinationId, name),
      points: new Map(),
    };
    all.set(destinationId, known);
    for (const point of points) {
      const step = stepOf(point);
      known.points.set(step, point);
      first = Math.min(first, step);
      last = Math.max(last, step);
    }
  }
  const steps = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const series = [...all].map(([destinationId, { name, points }]) => {
    const valuesOf = (value: (point: Point) => number): Values =>
      steps.map((step) => {
        const point = points.get(step);
        return point === undefined ? null : value(point);
      });
    return {
      destinationId,
      name,
      kbps: valuesOf(({ kbps }) => kbps.avg),
      lagMs: valuesOf(({ lagMsMax }) => lagMsMax),
      dropped: valuesOf(({ dropped }) => dropped),
    };
  });
  series.sort((a, b) => rankOf(a) - rankOf(b) || a.name.localeCompare(b.name));
  return { resolution, times: steps.map((step) => step * resolution), series };
}

/** What a series comes to, for those who read and do not look. */
export function summaryOf(values: Values): {
  average: number;
  min: number;
  max: number;
  sum: number;
} {
  let [sum, count, min, max] = [0, 0, Number.POSITIVE_INFINITY, 0];
  for (const value of values) {
    if (value === null) continue;
    sum += value;
    count += 1;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { average: sum / Math.max(1, count), min: count === 0 ? 0 : min, max, sum };
}

function nameOf(destinationId: string | null, name: string | null): string {
  return destinationId === null ? 'Encoder' : (name ?? 'A destination without a name');
}

function rankOf({ destinationId }: Pick<FigureSeries, 'destinationId'>): number {
  return destinationId === null ? 0 : 1;
}
