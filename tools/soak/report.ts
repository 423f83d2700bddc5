import { FAULT_NAMES, faultKind } from './fault-kinds.ts';
import { clock } from './fault-runner.ts';
import type { DoneFault } from './fault-runner.ts';
import type { Outcome } from './outcome.ts';
import { column, SERIES_NAMES, thinned } from './samples.ts';
import type { JudgedSlope } from './verdicts.ts';

const QUICK: ReadonlySet<DoneFault['name']> = new Set(['reset', 'remote close']);
const POINTS_MAX = 360;
const LOG_LINES_MAX = 25;
const ANOMALIES_MAX = 100;

/** `soak-<date>.md`; the picture beside it has the name `picture`. */
export function markdownOf(outcome: Outcome, picture: string): string {
  const { date, commit, machine, seed, durationMs } = outcome;
  return [
    `# Soak of ${date}`,
    '',
    `${minutes(durationMs)} under load with faults, seed ${seed}, at ${commit}. ${machine}.`,
    `The same plan again: \`npm run soak -- --minutes ${Math.round(durationMs / 60_000)} ` +
      `--seed ${seed}\`.`,
    '',
    ...HOW,
    '',
    `![Curves of memory, file descriptors, delays and ages](${picture})`,
    '',
    '## What came of it',
    '',
    ...summary(outcome),
    '',
    '## Anomalies',
    '',
    ...anomalyLines(outcome),
    '',
    '## Slopes over the second half',
    '',
    ...SLOPES,
    '',
    ...table([
      ['figure', 'at first', 'at last', 'most in the run', 'an hour', '± 95 %', 'wanted', ''],
      ...outcome.slopes.map(slopeCells),
    ]),
    '',
    ...witnesses(outcome),
    '## Faults by kind',
    '',
    'Each was over when the API said so and what came to the destinations was of now; times are',
    'from the fault’s end, without those in which another fault kept things broken.',
    '',
    ...table([
      [
        'fault',
        'done',
        'as expected',
        'late',
        'never',
        'not done',
        'median s',
        'most s',
        'within s',
      ],
      ...FAULT_NAMES.map((name) => kindCells(name, outcome.faults)),
    ]),
    '',
    '## What the log complained of',
    '',
    `${outcome.log.lines} lines in all; numbers in them are written as N.`,
    '',
    ...table([
      ['times', 'line'],
      ...outcome.log.counts.slice(0, LOG_LINES_MAX).map(([line, count]) => [count, escaped(line)]),
    ]),
    '',
  ].join('\n');
}

const HOW = [
  'The whole product as built, two lanes, with a Postgres and a Redis of its own. Three streams of',
  '300 kbit/s and 30 stamped frames a second, one of them over RTMPS, go to four destinations',
  'each: two witnesses, one over RTMPS, that no fault befalls, and two behind fault proxies. Every',
  '5 to 20 s a fault from a shuffled deck is begun, and taken back after its time. The witnesses',
  'judge every message: one session, headers and a keyframe first, no frame missing, no timestamp',
  'that falls. Where a lane or the relay dies they may have to begin again; where their encoder',
  'goes they may leap to a keyframe; nothing else may cost them anything.',
];

const SLOPES = [
  'Least squares over the looks (every 5 s) of the process that lived at the end, once it was five',
  'minutes old. No process is killed by a fault in the second half. The interval is widened for',
  'what one look says again of the one before; half an hour of noise can show a leak of megabytes',
  'an hour, and its absence only as far as the interval says. “Not told apart” is no leak found,',
  'and no proof that there is none.',
];

function summary(outcome: Outcome): string[] {
  const { faults, anomalies, status, stoppedInMs, secretsSeen, ageMsMax } = outcome;
  const of = (wanted: DoneFault['outcome']): number =>
    faults.filter((fault) => fault.outcome === wanted).length;
  const frames = outcome.witnesses.reduce((sum, one) => sum + one.frames, 0);
  return [
    `- ${faults.length} faults: ${of('as expected')} as expected, ${of('late')} late, ` +
      `${of('never')} never, ${of('not done')} not done, ${of('left out')} left out.`,
    `- ${frames} frames judged at the witnesses; ${anomalies.length} anomalies. The oldest frame ` +
      `came after ${Math.round(ageMsMax)} ms (those that the faults held up are among them).`,
    `- ${status.answers} answers of the API about what is so, ${status.refusals} calls without ` +
      `one. ${status.contradictions} looks at a push found it told wrongly, for ` +
      `${status.longestWrongMs} ms at most from one look to a later one, a second apart.`,
    ...quickReturns(faults),
    `- The product ended in ${(stoppedInMs / 1_000).toFixed(1)} s when told to.`,
    `- Secrets seen in the stores, the log, the metrics, the files or an answer: ` +
      `${secretsSeen === '' ? 'none' : escaped(secretsSeen)}.`,
  ];
}

/** P4: what a connection that is cut costs a push that was well. */
function quickReturns(faults: readonly DoneFault[]): string[] {
  const took = faults
    .filter(({ name, recoveredAtMs }) => recoveredAtMs !== null && QUICK.has(name))
    .filter(({ name, withinMs }) => withinMs === faultKind(name).settleSeconds * 1_000)
    .map(({ tookMs }) => tookMs / 1_000)
    .toSorted((one, other) => one - other);
  if (took.length === 0) return [];
  const middle = took[Math.floor((took.length - 1) / 2)];
  return [
    `- ${took.length} connections were cut of pushes that had been live for a minute: told to be ` +
      `live again, with frames of now, after ${figure(middle)} s (median), ` +
      `${figure(took.at(-1))} s (most), by looks a second apart.`,
  ];
}

function witnesses(outcome: Outcome): string[] {
  return [
    '## Witnesses',
    '',
    ...table([
      ['destination', 'frames', 'sessions', 'leaps to a keyframe'],
      ...outcome.witnesses.map((one) => [one.label, one.frames, one.sessions, one.splices]),
    ]),
    '',
    ...table([
      ['encoder of', 'frames sent', 'times thrown out', 'unsent bytes at most'],
      ...outcome.streams.map((one) => [one.label, one.sentFrames, one.breaks, one.unsentBytesMax]),
    ]),
    '',
  ];
}

function anomalyLines({ anomalies, faults }: Outcome): string[] {
  if (anomalies.length === 0) return ['None.'];
  const nameOf = (number: number): string => {
    const fault = faults.find((each) => each.number === number);
    return fault === undefined ? `${number}` : `${number} ${fault.name} (${fault.target})`;
  };
  const rows = anomalies
    .slice(0, ANOMALIES_MAX)
    .map(({ atMs, who, what, during }) => [
      ...[clock(atMs), who, escaped(what)],
      during.map(nameOf).join(', '),
    ]);
  const left = anomalies.length - rows.length;
  return [
    ...table([['at', 'who', 'what', 'faults under way'], ...rows]),
    ...(left > 0 ? ['', `And ${left} more.`] : []),
  ];
}

function slopeCells(judged: JudgedSlope): string[] {
  const { name, unit, slope, limitPerHour, verdict, first, last, most } = judged;
  const label = unit === '' ? name : `${name}, ${unit}`;
  return [
    ...[label, figure(first), figure(last), figure(most)],
    ...[figure(slope?.perHour), figure(slope?.errorPerHour)],
    limitPerHour === undefined ? '' : `≤ ${limitPerHour}`,
    verdict === 'broken' ? '**broken**' : (verdict ?? ''),
  ];
}

function kindCells(name: DoneFault['name'], faults: readonly DoneFault[]): (string | number)[] {
  const own = faults.filter((fault) => fault.name === name);
  const of = (outcome: DoneFault['outcome']): number =>
    own.filter((fault) => fault.outcome === outcome).length;
  const took = own
    .filter(({ recoveredAtMs }) => recoveredAtMs !== null)
    .map(({ tookMs }) => tookMs / 1_000)
    .toSorted((one, other) => one - other);
  const middle = took[Math.floor((took.length - 1) / 2)];
  return [
    ...[
      name,
      own.length,
      of('as expected'),
      of('late'),
      of('never'),
      of('not done') + of('left out'),
    ],
    ...[figure(middle), figure(took.at(-1)), faultKind(name).settleSeconds],
  ];
}

/** `soak-<date>.json`: the figures, the curves with fewer points, and each fault in one line. */
export function jsonOf(outcome: Outcome): string {
  const { slopes, samples, faults, durationMs, seed, date, commit, anomalies } = outcome;
  const thin = thinned(samples, POINTS_MAX);
  const perHour = (name: string): number | undefined =>
    slopes.find((each) => each.name === name)?.slope?.perHour;
  const head = {
    ...{ date, commit, seed, hours: durationMs / 3_600_000 },
    slopes: {
      rssBytesPerHour: Math.round((perHour('relay RSS') ?? Number.NaN) * 1e6),
      fdsPerHour: rounded(perHour('relay descriptors') ?? Number.NaN),
    },
    allSlopes: slopes.map(({ name, slope, verdict }) => ({
      ...{ name, verdict },
      perHour: rounded(slope?.perHour ?? Number.NaN),
      errorPerHour: rounded(slope?.errorPerHour ?? Number.NaN),
    })),
    ...{ anomalies: anomalies.length, status: outcome.status },
    witnesses: outcome.witnesses,
  };
  const lines = [
    ...Object.entries(head).map(([key, value]) => `"${key}":${JSON.stringify(value)}`),
    `"seconds":${JSON.stringify(thin.map(({ atMs }) => Math.round(atMs / 1_000)))}`,
    ...SERIES_NAMES.map((name) => `"${name}":${JSON.stringify(column(thin, name).map(rounded))}`),
    `"faults":[\n${faults.map((fault) => JSON.stringify(faultCells(fault))).join(',\n')}\n]`,
  ];
  return `{\n${lines.join(',\n')}\n}\n`;
}

function faultCells({ number, name, target, beganAtMs, endedAtMs, tookMs, outcome }: DoneFault) {
  const seconds = [beganAtMs, endedAtMs, tookMs].map((ms) => rounded(ms / 1_000));
  return [number, name, target, ...seconds, outcome];
}

function rounded(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(4));
}

function figure(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '';
  return Math.abs(value) < 100 ? value.toFixed(1) : value.toFixed(0);
}

function minutes(ms: number): string {
  return `${Math.round(ms / 60_000)} minutes`;
}

/** Words of others within a table. */
function escaped(text: string): string {
  return text.replaceAll(/[|<>`\n]/g, ' ');
}

function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const [head = [], ...body] = rows.map((row) => row.map(String));
  const widths = head.map((name, column) =>
    Math.max(3, name.length, ...body.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...body.map(line)];
}
