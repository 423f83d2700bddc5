/** So much of the past is held of each series, one value for each second. */
export const samplesHeldS = 600;

/** `[times, values]`: the times in seconds since 1970, as charts want them. */
export type SampleWindow = readonly [times: Float64Array, values: Float64Array];

/** What a chart of the last minutes shows, of one stream. Held outside React: charts ask for it. */
export interface Samples {
  /** The value of the second that holds this instant; the last one said counts. */
  push(seriesId: string, atMs: number, value: number): void;
  /** What is known since then, oldest first. A second of which nothing was said is left out. */
  window(seriesId: string, fromMs: number): SampleWindow;
  /** What was before this page was opened. What it heard itself is not replaced. */
  seed(series: readonly SeedSeries[]): void;
  /** Told whenever there is something new. Draw on your own beat. */
  subscribe(listener: () => void): () => void;
}

/** As GET /broadcasts/:id/statistics says it. */
export interface SeedSeries {
  /** Null: what came in. */
  readonly destinationId: string | null;
  readonly points: readonly {
    readonly at: string;
    readonly seconds: number;
    readonly kbps: { readonly avg: number };
  }[];
}

/** What each series of a stream is called. kbit/s, but for the frames. */
export const seriesIds = {
  ingest: 'ingest',
  video: 'ingest.video',
  audio: 'ingest.audio',
  framesPerSecond: 'ingest.fps',
  push: (destinationId: string) => `push:${destinationId}`,
} as const;

/** A ring of seconds: each has one place, and is told from the one ten minutes before it. */
interface Series {
  readonly seconds: Float64Array;
  readonly values: Float64Array;
  newest: number;
}

export function createSamples(): Samples {
  const held = new Map<string, Series>();
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const put = (seriesId: string, second: number, value: number): void => {
    const series = held.get(seriesId) ?? emptySeries();
    held.set(seriesId, series);
    if (second <= series.newest - samplesHeldS) return;
    series.seconds[second % samplesHeldS] = second;
    series.values[second % samplesHeldS] = value;
    series.newest = Math.max(series.newest, second);
  };
  return {
    push(seriesId, atMs, value) {
      put(seriesId, Math.floor(atMs / 1_000), value);
      tell();
    },
    window: (seriesId, fromMs) => windowOf(held.get(seriesId), Math.ceil(fromMs / 1_000)),
    seed(news) {
      for (const { destinationId, points } of news) {
        const seriesId = destinationId === null ? seriesIds.ingest : seriesIds.push(destinationId);
        const known = new Set(held.get(seriesId)?.seconds);
        for (const { at, seconds, kbps } of points) {
          const first = Math.floor(Date.parse(at) / 1_000);
          for (let second = first; second < first + seconds; second += 1) {
            if (!known.has(second)) put(seriesId, second, kbps.avg);
          }
        }
      }
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function emptySeries(): Series {
  return {
    seconds: new Float64Array(samplesHeldS).fill(-1),
    values: new Float64Array(samplesHeldS),
    newest: Number.NEGATIVE_INFINITY,
  };
}

function windowOf(series: Series | undefined, fromSecond: number): SampleWindow {
  if (series === undefined) return [new Float64Array(), new Float64Array()];
  const oldest = Math.max(fromSecond, series.newest - samplesHeldS + 1);
  const times: number[] = [];
  const values: number[] = [];
  for (let second = oldest; second <= series.newest; second += 1) {
    const place = second % samplesHeldS;
    if (series.seconds[place] !== second) continue;
    times.push(second);
    values.push(series.values[place] ?? 0);
  }
  return [Float64Array.from(times), Float64Array.from(values)];
}
