import {
  companionsPercent,
  cpuPercent,
  cpuSecondsPerGbit,
  median,
  megabytes,
  type Results,
  type Row,
} from './figures.ts';
import type { Machine } from './machine.ts';
import type { RunFigures } from './run.ts';
import type { Verdict } from './targets.ts';

export interface Report {
  readonly date: string;
  readonly command: string;
  readonly machine: Machine;
  readonly results: Results;
  readonly verdicts: readonly Verdict[];
}

const COLUMNS = [
  'load',
  'server',
  'CPU s per Gbit',
  '% of a core',
  'latency p50 / p99 / max ms',
  'memory MB',
  'lost',
] as const;

/** The rows of the one table, each a cell per column. */
function cellsOf({ scenario, title, rounds }: Row): string[] {
  const of = (figure: (figures: RunFigures) => number): number => median(rounds.map(figure));
  const hasOutput = scenario.destinations > 0;
  const latency = [
    of(({ latency: { p50Ms } }) => p50Ms),
    of(({ latency: { p99Ms } }) => p99Ms),
    of(({ latency: { maxMs } }) => maxMs),
  ];
  return [
    scenario.name,
    title,
    hasOutput ? of(cpuSecondsPerGbit).toFixed(3) : '',
    of(cpuPercent).toFixed(2),
    hasOutput ? latency.map((ms) => ms.toFixed(1)).join(' / ') : '',
    of(megabytes).toFixed(0),
    hasOutput ? String(of(({ framesLost }) => framesLost)) : '',
  ];
}

/** One line for the terminal while the benchmark goes on. */
export function roundLine(round: number, title: string, figures: RunFigures): string {
  const { p50Ms, p99Ms } = figures.latency;
  const perGbit = cpuSecondsPerGbit(figures).toFixed(3);
  const cpu = `${cpuPercent(figures).toFixed(2)} % of a core, ${perGbit} s per Gbit`;
  return `round ${round + 1} · ${title} · ${cpu} · ${p50Ms.toFixed(1)} / ${p99Ms.toFixed(1)} ms`;
}

/** All rounds of a row in one line. */
export function rowLine(row: Row): string {
  const cells = cellsOf(row);
  return COLUMNS.map((name, index) => [name, cells[index] ?? ''] as const)
    .filter(([, cell]) => cell !== '')
    .map(([name, cell], index) => (index < 2 ? cell : `${name} ${cell}`))
    .join(' · ');
}

export function verdictLine({ target, limit, unit, value, isMet }: Verdict): string {
  const word = isMet === undefined ? 'not measured' : isMet ? 'met' : 'MISSED';
  const measured = value === undefined ? '' : `: ${rounded(value)} ${unit}`;
  const share = value === undefined || limit === 0 ? '' : `, ${rounded(value / limit)} of it`;
  return `${word} · ${target}${measured} (at most ${rounded(limit)} ${unit}${share})`;
}

/** `docs/benchmarks/latest.md`. */
export function markdownOf({ date, command, machine, results, verdicts }: Report): string {
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  const table = [COLUMNS, ...results.rows.map((row) => cellsOf(row))];
  const judged = verdicts
    .filter(({ isMet }) => isMet !== undefined)
    .map(({ target, limit, unit, value, isMet }) => [
      target,
      `${rounded(limit)} ${unit}`,
      `${rounded(value ?? NaN)} ${unit}`,
      isMet === true ? 'met' : '**missed**',
    ]);
  return [
    '# Benchmark',
    '',
    `Written by \`${command}\` on ${date}; it is overwritten by the next run.`,
    '',
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGibibytes} GiB, ` +
      `${machine.system}, Linux ${machine.kernel}. ${versions.join(', ')}.`,
    '',
    ...HOW,
    '',
    '## Figures',
    '',
    ...markdownTable(table),
    '',
    ...besides(results),
    '',
    '## Targets',
    '',
    ...markdownTable([['target', 'at most', 'measured', ''], ...judged]),
    '',
  ].join('\n');
}

const HOW = [
  'Servers run in turn, round by round, under the same load on the same machine; each figure is',
  'the median of the rounds, each ratio the median of the rounds’ ratios. Absolute figures',
  'drift from hour to hour on a shared machine: compare rows of one run only. The load is',
  'synthetic: 60 video messages a second with a keyframe every two seconds, and 47 audio',
  'messages. CPU is the scheduler’s account of the server’s processes; for Forkcast of the',
  'relay process with all its threads. Latency is from the encoder’s write to a destination’s',
  'read of a video message. Encoders and destinations are processes of their own and not',
  'counted. Memory is the proportional set size. Of ffmpeg, ten processes stand for any number:',
  'each costs the same.',
];

/** What Forkcast's other processes took meanwhile, so that nothing is hidden. */
function besides({ rows }: Results): string[] {
  const own = rows.filter(({ server }) => server === 'forkcast');
  if (own.length === 0) return [];
  const shares = own.map(({ rounds }) => median(rounds.map(companionsPercent)));
  const [least, most] = [Math.min(...shares), Math.max(...shares)];
  return [
    'Beside the relay, Forkcast’s API, worker, Postgres and Redis together took',
    `${least.toFixed(1)} to ${most.toFixed(1)} % of a core.`,
  ];
}

function markdownTable(rows: readonly (readonly string[])[]): string[] {
  const [head = [], ...body] = rows;
  const widths = head.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0), 3),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  return [
    line(head),
    `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`,
    ...body.map(line),
  ];
}

/** Three digits that say something. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
