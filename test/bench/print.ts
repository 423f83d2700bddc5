import { parseArgs } from 'node:util';
import { readBudgets, writeBudgets } from './budgets.ts';
import { measure, type Reading } from './measure.ts';
import { mediaBenches } from './media-benches.ts';
import { reference } from './reference.ts';
import { wireBenches } from './wire-benches.ts';

/**
 * Measures the hot functions and prints them beside their budgets; `--json` prints the readings
 * alone, `--set` measures thrice and makes the least readings the new budgets. In a process of its
 * own and as Node runs the product: a test runner's way with imports would make each call of
 * another room dearer.
 */
const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, set: { type: 'boolean' } },
});

function table(readings: readonly Reading[]): string {
  const budgets = readBudgets();
  const rows = readings.map(({ name, unit, ratio, nsPerUnit, heapBytesPerUnit }) => {
    const allowed = budgets.find((each) => each.name === name);
    return [
      name,
      `${nsPerUnit.toFixed(0)} ns/${unit}`,
      ratio.toFixed(3),
      String(allowed?.ratioMax ?? '-'),
      heapBytesPerUnit.toFixed(0),
      String(allowed?.heapBytesPerUnitMax ?? '-'),
    ];
  });
  const head = ['hot function', 'time', 'ratio', 'allowed', `heap bytes`, 'allowed'];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const lines = all.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  '),
  );
  return `${lines.join('\n')}\n`;
}

function measureAll(): Reading[] {
  return measure(reference, [...wireBenches(), ...mediaBenches()]);
}

if (options.set === true) writeBudgets([measureAll(), measureAll(), measureAll()]);
const readings = measureAll();
process.stdout.write(options.json === true ? JSON.stringify(readings) : table(readings));
