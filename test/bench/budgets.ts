import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Reading } from './measure.ts';

/** Cost by the reference's, and heap bytes, that no reading may exceed; and what was read once. */
const budget = z.strictObject({
  name: z.string(),
  ratioMax: z.number().positive(),
  ratioWhenSet: z.number().positive(),
  heapBytesPerUnitMax: z.number().positive(),
  heapBytesPerUnitWhenSet: z.number().nonnegative(),
});
export type Budget = z.infer<typeof budget>;

/** A regression of less than this may be the machine's doing, and fails nothing. */
export const GROSS_REGRESSION = 3;
/** So that no rounding brings a budget below that. */
const ROUNDING_SHARE = 1.1;
/** What is allocated does not depend on the machine. */
const HEAP_REGRESSION = 2;
/** Less than any object has: what V8 allocates for itself meanwhile fails nothing. */
const HEAP_BYTES_PER_UNIT_FLOOR = 24;

const file = new URL('budgets.json', import.meta.url);

export function readBudgets(): Budget[] {
  return z.array(budget).parse(JSON.parse(readFileSync(file, 'utf8')));
}

/**
 * Makes the least of these readings, all of the same benches, what later ones are compared with.
 */
export function writeBudgets(times: readonly (readonly Reading[])[]): void {
  const budgets = (times[0] ?? []).map(({ name }): Budget => {
    const all = times.flatMap((readings) => readings.filter((each) => each.name === name));
    const ratio = Math.min(...all.map((reading) => reading.ratio));
    const heapBytes = Math.max(0, ...all.map((reading) => reading.heapBytesPerUnit));
    return {
      name,
      ratioMax: Number((ratio * GROSS_REGRESSION * ROUNDING_SHARE).toFixed(2)),
      ratioWhenSet: Number(ratio.toFixed(3)),
      heapBytesPerUnitMax: Math.ceil(
        Math.max(HEAP_BYTES_PER_UNIT_FLOOR, heapBytes * HEAP_REGRESSION),
      ),
      heapBytesPerUnitWhenSet: Math.round(heapBytes),
    };
  });
  writeFileSync(file, `${JSON.stringify(budgets, undefined, 2)}\n`);
}

/** One sentence for each reading that is over its budget, or that has none. */
export function judge(readings: readonly Reading[], budgets: readonly Budget[]): string[] {
  return readings.flatMap(({ name, unit, ratio, heapBytesPerUnit }) => {
    const allowed = budgets.find((each) => each.name === name);
    if (allowed === undefined) return [`${name}: has no budget`];
    const sentences: string[] = [];
    // Not a number is over every budget.
    if (!(ratio <= allowed.ratioMax)) {
      const times = (ratio / allowed.ratioWhenSet).toFixed(1);
      sentences.push(
        `${name}: ${ratio.toFixed(2)} of the reference, ${times} times what it was; ` +
          `${allowed.ratioMax} is allowed`,
      );
    }
    if (!(heapBytesPerUnit <= allowed.heapBytesPerUnitMax)) {
      sentences.push(
        `${name}: ${heapBytesPerUnit.toFixed(0)} heap bytes per ${unit}; ` +
          `${allowed.heapBytesPerUnitMax} are allowed`,
      );
    }
    return sentences;
  });
}
