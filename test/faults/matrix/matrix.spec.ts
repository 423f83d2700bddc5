import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rowsShown } from '../../../tools/tidy/rows-shown.ts';
import { assertTestRuns } from './named-tests.ts';
import { titleOf } from './row.ts';
import type { Row } from './row.ts';
import { ROWS } from './rows.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..', '..');
const ROW_COUNT = 70;

const read = (file: string): string => readFileSync(join(REPOSITORY, file), 'utf8');
const specs = globSync('test/faults/*.spec.ts', { cwd: REPOSITORY }).toSorted();
const shownIn = new Map(specs.map((file) => [file, rowsShown(read(file))]));

describe('the fault matrix', () => {
  it('has each row once, in order', () => {
    const wanted = Array.from({ length: ROW_COUNT }, (_, index) => index + 1);
    expect(ROWS.map(({ number }) => number)).toEqual(wanted);
    expect(new Set(ROWS.map(({ fault }) => fault)).size).toBe(ROW_COUNT);
  });

  it.each(ROWS.map((row): [string, Row] => [titleOf(row), row]))('%s is shown', (_title, row) => {
    const { number, specs: own = [], tests = [], also = [], runs, cases, why } = row;
    expect(row.promise).not.toBe('');
    const isShown = own.length + tests.length > 0 || runs !== undefined;
    expect(isShown, 'a test shows it').toBe(true);
    for (const test of [...tests, ...also]) assertTestRuns(test);
    for (const file of own) {
      const isHere = shownIn.get(file)?.some((each) => each.number === number) === true;
      expect([file, isHere]).toEqual([file, true]);
    }
    if (cases !== undefined) expect(new Set(cases).size).toBe(cases.length);
    // Less than a whole stream at the healthy destination has its reason in the table.
    if (row.witness !== undefined && row.witness !== 'whole') expect(why ?? '').not.toBe('');
  });

  it('names each spec that shows a row', () => {
    const unnamed = specs.flatMap((file) =>
      (shownIn.get(file) ?? [])
        .filter(({ number }) => !ROWS[number - 1]?.specs?.includes(file))
        .map(({ number }) => `row ${number} is shown in ${file}`),
    );
    expect(unnamed).toEqual([]);
  });

  it('names each case that a spec shows', () => {
    const unknown = specs.flatMap((file) =>
      (shownIn.get(file) ?? [])
        .filter((each) => each.case !== undefined)
        .filter((each) => !ROWS[each.number - 1]?.cases?.includes(each.case ?? ''))
        .map((each) => `row ${each.number} has no case ${each.case}`),
    );
    expect(unknown).toEqual([]);
  });
});

describe('the rows that a spec shows', () => {
  const body = 'async (scene) => scene.figure("x", 1, "ms")';

  it('are those whose numbers it names, with their cases', () => {
    const spec = `describe('d', () => { row(stage, 1, ${body});
      row(stage, 11, { case: 'a name', kbps: 3 }, ${body}); row(stage, number, ${body}); });`;
    expect(rowsShown(spec)).toEqual([
      { number: 1, case: undefined },
      { number: 11, case: 'a name' },
    ]);
  });

  // Apart, so that nobody takes what is quoted here for a narrowed suite of this file.
  it.each([['skip'], ['only'], ['todo']])('do not stand in a suite with .%s', (word) => {
    const spec = `describe.${word}('d', () => { row(stage, 1, ${body}); });`;
    expect(() => rowsShown(spec)).toThrow('does not always run');
  });
});
