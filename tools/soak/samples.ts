/** What is looked at every five seconds. `limitPerHour`: what its slope is judged by. */
interface SeriesPlan {
  readonly unit: 'MB' | 'ms' | '';
  /** Series of one panel are drawn together. */
  readonly panel: string;
  readonly limitPerHour?: number;
}

const MEMORY = { unit: 'MB', limitPerHour: 1 } as const;
const COUNT = { unit: '', limitPerHour: 0 } as const;

export const SERIES = {
  'relay RSS': { ...MEMORY, panel: 'Relay: memory, MB' },
  'relay PSS': { ...MEMORY, panel: 'Relay: memory, MB' },
  'relay heap': { ...MEMORY, panel: 'Relay: memory, MB' },
  'relay external': { ...MEMORY, panel: 'Relay: memory, MB' },
  'relay rings': { unit: 'MB', panel: 'Relay: memory, MB' },
  'API RSS': { ...MEMORY, panel: 'API and worker: memory, MB' },
  'API PSS': { ...MEMORY, panel: 'API and worker: memory, MB' },
  'worker RSS': { ...MEMORY, panel: 'API and worker: memory, MB' },
  'worker PSS': { ...MEMORY, panel: 'API and worker: memory, MB' },
  'relay descriptors': { ...COUNT, panel: 'File descriptors' },
  'API descriptors': { ...COUNT, panel: 'File descriptors' },
  'worker descriptors': { ...COUNT, panel: 'File descriptors' },
  'relay threads': { ...COUNT, panel: 'Threads' },
  'API threads': { ...COUNT, panel: 'Threads' },
  'worker threads': { ...COUNT, panel: 'Threads' },
  'main delay': { unit: 'ms', panel: 'Relay: longest event-loop delay in 5 s, ms' },
  'lane-0 delay': { unit: 'ms', panel: 'Relay: longest event-loop delay in 5 s, ms' },
  'lane-1 delay': { unit: 'ms', panel: 'Relay: longest event-loop delay in 5 s, ms' },
  'age p50': { unit: 'ms', panel: 'Witnesses: age of frames in 5 s, ms' },
  'age p99': { unit: 'ms', panel: 'Witnesses: age of frames in 5 s, ms' },
  'Redis memory': { unit: 'MB', panel: 'Stores, MB' },
  'Postgres size': { unit: 'MB', panel: 'Stores, MB' },
  'pushes live': { unit: '', panel: 'Pushes that are live' },
  load: { unit: '', panel: 'Load of the machine, one minute' },
} as const satisfies Readonly<Record<string, SeriesPlan>>;

export type SeriesName = keyof typeof SERIES;

export const SERIES_NAMES = Object.keys(SERIES) as readonly SeriesName[];

export function seriesPlan(name: SeriesName): SeriesPlan {
  return SERIES[name];
}

export type Values = Partial<Record<SeriesName, number>>;

export interface Sample {
  /** From the beginning of the run. */
  readonly atMs: number;
  readonly values: Values;
  /** Of the process that was looked at: another one begins anew. */
  readonly pids: Readonly<Record<'relay' | 'API' | 'worker', number>>;
}

/** By series the values of the samples, one for each; null where there was none. */
export function column(samples: readonly Sample[], name: SeriesName): (number | null)[] {
  return samples.map(({ values }) => values[name] ?? null);
}

/**
 * No more samples than that: neighbours become one, with the largest of each value, for what is
 * looked for in a curve is its peaks.
 */
export function thinned(samples: readonly Sample[], countMax: number): readonly Sample[] {
  const size = Math.ceil(samples.length / countMax);
  if (size <= 1) return samples;
  const thin: Sample[] = [];
  for (let index = 0; index < samples.length; index += size) {
    const group = samples.slice(index, index + size);
    const [first] = group;
    if (first === undefined) continue;
    const values: Values = {};
    for (const name of SERIES_NAMES) {
      const present = column(group, name).filter((value) => value !== null);
      if (present.length > 0) values[name] = Math.max(...present);
    }
    thin.push({ ...first, values });
  }
  return thin;
}

/** Which process a series is of; undefined for what outlives them. */
function processOf(name: SeriesName): 'relay' | 'API' | 'worker' | undefined {
  if (name.endsWith(' delay')) return 'relay';
  return (['relay', 'API', 'worker'] as const).find((each) => name.startsWith(`${each} `));
}

/** What a young process needs until it has all that it works with. */
const YOUNG_MS = 300_000;

/** Points of the second half, of the process that lived at its end and once it was grown up. */
export function judgedPoints(samples: readonly Sample[], name: SeriesName, durationMs: number) {
  const process = processOf(name);
  const last = process === undefined ? undefined : samples.at(-1)?.pids[process];
  const own = samples.filter(({ pids }) => process === undefined || pids[process] === last);
  const grownMs = last === undefined || own.length === samples.length ? 0 : YOUNG_MS;
  const fromMs = Math.max(durationMs / 2, (own[0]?.atMs ?? 0) + grownMs);
  return own.flatMap(({ atMs, values }) => {
    const value = values[name];
    return atMs < fromMs || value === undefined ? [] : [{ atMs, value }];
  });
}
