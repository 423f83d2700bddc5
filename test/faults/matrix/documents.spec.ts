import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentsOf } from '../../../tools/faults/documents.ts';
import { readKept } from '../../../tools/faults/kept-outcomes.ts';
import { LESSONS } from '../lessons.ts';
import { LIMITS } from '../limits.ts';
import { PROMISES } from '../promises.ts';
import { assertTestRuns } from './named-tests.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..', '..');
const PROMISE_COUNT = 10;
const limits = Object.values(LIMITS).flat();

describe('the promises', () => {
  it('are ten, in order', () => {
    const wanted = Array.from({ length: PROMISE_COUNT }, (_, index) => `P${index + 1}`);
    expect(PROMISES.map(({ id }) => id)).toEqual(wanted);
  });

  it.each(PROMISES.map((one) => [one.id, one] as const))('%s is tested', (_id, { tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const test of tests) assertTestRuns(test);
  });
});

describe('the limits', () => {
  it.each(limits.map((one) => [one.what, one] as const))('%s', (_what, { setBy, tests }) => {
    const source = readFileSync(join(REPOSITORY, setBy.file), 'utf8');
    expect([setBy.says, source.includes(setBy.says)]).toEqual([setBy.says, true]);
    expect(tests.length).toBeGreaterThan(0);
    for (const test of tests) assertTestRuns(test);
  });
});

describe('the lessons of others', () => {
  it.each(LESSONS.map((one) => [one.where, one] as const))('%s', (_where, { tests }) => {
    expect(tests.length).toBeGreaterThan(0);
    for (const test of tests) assertTestRuns(test);
  });
});

describe('the pages of faults and promises', () => {
  it('are what the tables and the last results say (npx vitest … -u writes them)', async () => {
    for (const [path, text] of await documentsOf(await readKept())) {
      await expect(text).toMatchFileSnapshot(join(REPOSITORY, path));
    }
  });
});
