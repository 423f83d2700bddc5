import { parentPort, workerData } from 'node:worker_threads';
import { runSeed } from './run-seed.ts';
import type { SeedOrder } from './run-seeds.ts';

/** Runs its share of the seeds, and tells of each. */
const { first, end, stride, steps, linesKept } = workerData as SeedOrder;
for (let seed = first; seed < end; seed += stride) {
  parentPort?.postMessage(await runSeed(seed, steps, linesKept));
}
