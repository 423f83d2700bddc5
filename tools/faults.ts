import { cpus, loadavg, totalmem } from 'node:os';
import { CodedError } from '#kernel';
import { ROWS } from '../test/faults/matrix/rows.ts';
import { writeDocuments } from './faults/documents.ts';
import { readFaultsOptions } from './faults/faults-options.ts';
import { mergeKept, readKept, writeKept } from './faults/kept-outcomes.ts';
import { filesOf, outcomesOf } from './faults/outcome.ts';
import type { RowOutcome } from './faults/outcome.ts';
import { readResults, runSpecs } from './faults/run-vitest.ts';
import type { Ran } from './faults/run-vitest.ts';
import { readSoak } from './faults/soak-facts.ts';
import { linesOf, sumLine } from './faults/words.ts';
import { buildWhenStale } from './lifecycle/product-build.ts';
import { provideFaultPrograms } from './services/fault-programs.ts';
import { REPOSITORY } from './services/repository.ts';
import { providePrograms, REDIS, TEST_PROGRAMS } from './services/system-programs.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * `npm run faults [-- --rows 1-23,40 --long --write]`: runs the tests that the fault matrix names,
 * and prints it. Exits 1 when a row failed or has no result. With `--from` it takes results that
 * Vitest's JSON reporter has written, as `npm test` can, and runs nothing.
 */
async function main(parameters: readonly string[]): Promise<number> {
  const numbers = ROWS.map(({ number }) => number);
  const options = readFaultsOptions(parameters, numbers);
  const rows = ROWS.filter(({ number }) => options.rows.has(number));
  const isThere = options.from.length > 0;
  const ran = isThere ? readResults(options.from) : run(filesOf(rows), options.isLong);
  const { files, broken } = await ran;
  const outcomes = outcomesOf(rows, files, await readSoak());
  say('');
  for (const [index, row] of rows.entries()) {
    const outcome = outcomes[index];
    if (outcome !== undefined) for (const line of linesOf(row, outcome)) say(line);
  }
  for (const line of broken) say(`   ${line}`);
  say(sumLine(outcomes));
  if (options.isWritten) await write(outcomes);
  const hasFailed = broken.length > 0 || outcomes.some(({ verdict }) => verdict === 'fail');
  return hasFailed ? 1 : 0;
}

async function run(files: readonly string[], isLong: boolean): Promise<Ran> {
  await providePrograms([REDIS, ...TEST_PROGRAMS], REPOSITORY);
  for (const reason of await provideFaultPrograms(REPOSITORY)) say(`forkcast: ${reason}`);
  await buildWhenStale(REPOSITORY, (line) => say(`forkcast: ${line}`));
  return runSpecs(files, isLong);
}

async function write(outcomes: readonly RowOutcome[]): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  const rows = outcomes.map((outcome) => ({ ...outcome, date }));
  const kept = mergeKept(await readKept(), { machine: machineInWords(), rows });
  await writeKept(kept);
  for (const file of await writeDocuments(kept)) say(`written: ${file}`);
}

function machineInWords(): string {
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  const load = (loadavg()[0] ?? 0).toFixed(0);
  const parts = [`${cpus().length} cores`, `${gibibytes} GiB of memory`, 'Linux'];
  return `${parts.join(', ')}, Node ${process.versions.node}, at a load of ${load}`;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  if (!(thrown instanceof CodedError)) throw thrown;
  process.stderr.write(`forkcast: ${thrown.message}\n`);
  process.exitCode = 1;
}
