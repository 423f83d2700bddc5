import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Bench } from './bench.ts';
import { GROSS_REGRESSION, judge, readBudgets } from './budgets.ts';
import { measure } from './measure.ts';
import { reference } from './reference.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('print.ts', import.meta.url));
const DEADLINE_MS = 60_000;

const readingsSchema = z.array(
  z.strictObject({
    name: z.string(),
    unit: z.string(),
    ratio: z.number(),
    nsPerUnit: z.number(),
    heapBytesPerUnit: z.number(),
  }),
);

/** Few rounds: what these benches cost is known. */
const short = { warmUpRounds: 10, rounds: 20, heapReadings: 5 };
const fine = {
  name: 'sample',
  ratioMax: GROSS_REGRESSION,
  ratioWhenSet: 1,
  heapBytesPerUnitMax: 24,
  heapBytesPerUnitWhenSet: 0,
};

/** As if a round were so many messages: then what vitest allocates meanwhile is nothing to each. */
const MESSAGES = 1000;

/** The reference, made so many times slower. */
function slowed(times: number): Bench {
  return {
    ...reference,
    name: fine.name,
    unit: 'message',
    unitsPerRound: MESSAGES,
    run: (step) => {
      for (let time = 0; time < times; time += 1) reference.run(step);
    },
  };
}

it('has hot functions that keep to their budgets', { timeout: DEADLINE_MS }, async () => {
  const { stdout } = await run(process.execPath, ['--conditions=source', script, '--json'], {
    timeout: DEADLINE_MS,
  });
  const readings = readingsSchema.parse(JSON.parse(stdout));
  const budgets = readBudgets();
  expect(readings.map(({ name }) => name)).toEqual(budgets.map(({ name }) => name));
  expect(judge(readings, budgets)).toEqual([]);
});

it('allows no budget that a loaded machine alone could exceed', () => {
  for (const { name, ratioMax, ratioWhenSet } of readBudgets()) {
    expect(ratioMax / ratioWhenSet, name).toBeGreaterThanOrEqual(GROSS_REGRESSION);
  }
});

it('finds a function ten times as slow, and only that', { timeout: DEADLINE_MS }, () => {
  expect(judge(measure(reference, [slowed(1)], short), [fine])).toEqual([]);
  const sentences = judge(measure(reference, [slowed(10)], short), [fine]);
  expect(sentences).toEqual([expect.stringMatching(/^sample: \d+\.\d+ of the reference, /)]);
});

it('finds a function that allocates for each message', { timeout: DEADLINE_MS }, () => {
  const kept: Uint8Array[] = [];
  const allocating: Bench = {
    ...slowed(1),
    run: () => {
      kept.length = 0;
      for (let message = 0; message < MESSAGES; message += 1) kept.push(new Uint8Array(8));
    },
  };
  const sentences = judge(measure(reference, [allocating], short), [fine]);
  expect(sentences).toEqual([expect.stringMatching(/^sample: \d+ heap bytes per message; /)]);
});

it('judges at the limit, one past it, and what was never measured', () => {
  const reading = { name: 'sample', unit: 'message', ratio: 3, nsPerUnit: 1, heapBytesPerUnit: 24 };
  expect(judge([reading], [fine])).toEqual([]);
  expect(judge([{ ...reading, ratio: 3.01 }], [fine])).toHaveLength(1);
  expect(judge([{ ...reading, heapBytesPerUnit: 25 }], [fine])).toHaveLength(1);
  expect(judge([{ ...reading, ratio: NaN, heapBytesPerUnit: NaN }], [fine])).toHaveLength(2);
  expect(judge([reading], [])).toEqual(['sample: has no budget']);
});
