import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { addCounts, type Account } from './account.ts';
import { newCounts } from './ledger.ts';
import type { SeedRun } from './run-seed.ts';

/** What one thread does. */
export interface SeedOrder {
  readonly first: number;
  /** The first seed that is not run. */
  readonly end: number;
  readonly stride: number;
  readonly steps: number;
  readonly linesKept: number;
}

export interface SeedRange {
  readonly first: number;
  readonly count: number;
  readonly steps: number;
  /** How many of the last events a broken seed tells. */
  readonly linesKept?: number;
}

const LINES_KEPT = 16;
/** Enough to see whether they have one cause. */
const FAILURES_MAX = 3;
const WORKER = new URL('./seed.worker.ts', import.meta.url);

/** Runs a range of seeds on all cores, and stops early once some have failed. */
export async function runSeeds(range: SeedRange): Promise<Account> {
  const { first, count, steps, linesKept = LINES_KEPT } = range;
  const stride = Math.min(count, availableParallelism());
  const counts = newCounts();
  const failures: SeedRun[] = [];
  let seeds = 0;
  const workers = Array.from({ length: stride }, (_, index) => {
    const order: SeedOrder = { first: first + index, end: first + count, stride, steps, linesKept };
    return new Worker(WORKER, { workerData: order, execArgv: ['--conditions=source'] });
  });
  const ends = workers.map(async (worker) => {
    worker.on('message', (run: SeedRun) => {
      seeds += 1;
      addCounts(counts, run.counts);
      if (run.failure === undefined) return;
      failures.push(run);
      if (failures.length >= FAILURES_MAX) for (const one of workers) void one.terminate();
    });
    await once(worker, 'exit');
  });
  await Promise.all(ends);
  failures.sort((one, other) => one.seed - other.seed);
  return { seeds, steps, counts, failures };
}
