import type { Row } from '../../test/faults/matrix/row.ts';
import { ROWS } from '../../test/faults/matrix/rows.ts';
import type { KeptOutcome, KeptOutcomes } from './kept-outcomes.ts';
import { fileLink, table } from './markdown.ts';
import { ownFigures } from './words.ts';

const HEAD = [
  '# The fault matrix',
  '',
  'Written by `npm run faults -- --write`; the table is',
  '[test/faults/matrix](../test/faults/matrix), and a test of it holds this page against it.',
  '',
  'Each row is a test of the whole product as it is built, with an encoder that sends steadily',
  'and, beside the fault, a healthy destination. The row fails when that destination loses one',
  'frame, gets a second session or a timestamp that falls, when the encoder is held up or loses',
  'its connection, or when any destination sees two sessions of ours at a time. Where less is',
  'asked, the table below says why. Rows with tests elsewhere name them. How long something took',
  'is measured and judged nowhere: machines differ.',
  '',
];

/** `docs/faults.md`. */
export function matrixPage(kept: KeptOutcomes): string {
  const seen = new Map(kept.rows.map((row) => [row.number, row]));
  const lines = ROWS.map((row) => cellsOf(row, seen.get(row.number)));
  return [
    ...HEAD,
    ...(kept.machine === '' ? [] : [`The figures are of a machine with ${kept.machine}.`, '']),
    ...table([['', 'Fault', 'What is promised', 'Shown by', 'Last seen', 'Measured'], ...lines]),
    '',
    ...besides(),
  ].join('\n');
}

function cellsOf(row: Row, seen: KeptOutcome | undefined): string[] {
  const { specs = [], tests = [] } = row;
  const files = [...new Set([...specs, ...tests.map(({ file }) => file)])];
  const last = seen === undefined ? 'not yet run' : `${seen.verdict}, ${seen.date}`;
  return [
    String(row.number),
    row.fault,
    row.promise,
    [...files.map(fileLink), ...runsOf(row)].join('<br>'),
    [last, ...(seen?.notes ?? [])].join('<br>'),
    seen === undefined ? '' : ownFigures(seen).join('<br>'),
  ];
}

function runsOf({ runs }: Row): readonly string[] {
  return runs === undefined ? [] : [`\`npm run soak\`, kept in ${runs}`];
}

function besides(): readonly string[] {
  const lesser = ROWS.filter(({ why }) => why !== undefined);
  const later = ROWS.filter((row) => row.later !== undefined);
  return [
    '## Where less is asked of the healthy destination',
    '',
    'Spliced: one connection that begins at headers and a keyframe and is joined at keyframes.',
    'Rejoins: it may begin anew in the same way.',
    '',
    ...table([
      ['', 'Fault', 'Asked', 'Why'],
      ...lesser.map(({ number, fault, witness = 'whole', why = '' }) => [
        String(number),
        fault,
        witness,
        why,
      ]),
    ]),
    '',
    '## What is still to come',
    '',
    ...(later.length === 0 ? ['Nothing.'] : []),
    ...later.map((row) => `- ${row.number}, ${row.fault}: ${row.later ?? ''}.`),
    '',
  ];
}
