import { LESSONS } from '../../test/faults/lessons.ts';
import { LIMITS } from '../../test/faults/limits.ts';
import type { Limit } from '../../test/faults/limits.ts';
import { PROMISES } from '../../test/faults/promises.ts';
import type { Promised } from '../../test/faults/promises.ts';
import { measuredWords } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { table, testLink } from './markdown.ts';

const HEAD = [
  '# What Forkcast promises',
  '',
  'Nothing is promised here that is not tested. What was measured is of the last run of',
  '[the fault matrix](faults.md) and of the last soak, and stands here as it came out. Written by',
  '`npm run faults -- --write` of the tables in [test/faults](../test/faults).',
  '',
];

/** `docs/promises.md`. */
export function promisesPage(evidence: Evidence): string {
  return [
    ...HEAD,
    ...promiseTable(evidence),
    '',
    ...provenance(evidence),
    '## Limits',
    '',
    'Each is tested at the limit and one past it.',
    '',
    ...Object.entries(LIMITS).flatMap(([about, limits]) => limitSection(about, limits)),
    '## What others had to learn',
    '',
    'Faults that were found in other servers and clients of this protocol, and the tests that hold',
    'this one to the lesson.',
    '',
    ...table([
      ['Where', 'What happened', 'Test here'],
      ...LESSONS.map(({ where, what, tests }) => [where, what, tests.map(testLink).join('<br>')]),
    ]),
    '',
  ].join('\n');
}

function promiseTable(evidence: Evidence): readonly string[] {
  const cells = ({ id, promise, figure, measured, tests }: Promised): string[] => {
    const words = measured.flatMap((measure) => measuredWords(measure, evidence) ?? []);
    const last = words.length === 0 ? 'not yet measured' : words.join('; ');
    return [id, promise, figure, last, tests.map(testLink).join('<br>')];
  };
  return table([
    ['', 'Promise', 'Figure', 'Last measured', 'Tests, beside the rows'],
    ...PROMISES.map(cells),
  ]);
}

function provenance({ kept, soak }: Evidence): readonly string[] {
  const dates = kept.rows.map(({ date }) => date).toSorted();
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return [];
  const days = first === last ? first : `${first} to ${last}`;
  const rows = `Rows of ${days}, on a machine with ${kept.machine}.`;
  if (soak === undefined) return [rows, ''];
  const { date, hours, seed } = soak;
  const run = `The [soak](soak) of ${date.slice(0, 10)} went on for ${hours.toFixed(1)} h`;
  return [`${rows} ${run}, with seed ${seed}.`, ''];
}

function limitSection(about: string, limits: readonly Limit[]): readonly string[] {
  const rows = limits.map(({ what, value, tests, why }) => [
    what,
    value,
    tests.map(testLink).join('<br>'),
    why ?? '',
  ]);
  return [
    `### ${about}`,
    '',
    ...table([['Limit', 'Value', 'Test', 'Why not otherwise'], ...rows]),
    '',
  ];
}
