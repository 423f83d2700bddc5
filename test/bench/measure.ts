import { setFlagsFromString, getHeapStatistics } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Bench } from './bench.ts';

/** What one hot function costs. */
export interface Reading {
  readonly name: string;
  readonly unit: string;
  /** Its best round by the reference's best: a number that the machine has little say in. */
  readonly ratio: number;
  readonly nsPerUnit: number;
  /** Bytes of V8's heap. */
  readonly heapBytesPerUnit: number;
}

export interface MeasureOptions {
  readonly warmUpRounds: number;
  readonly rounds: number;
  readonly heapReadings: number;
}

export const MEASURE_DEFAULTS: MeasureOptions = { warmUpRounds: 30, rounds: 60, heapReadings: 9 };

/**
 * Measures every bench beside the reference: reference, bench, reference, bench, and all of them
 * again in each round, so that whatever else the machine does falls on both. Rounds take less than
 * a slice of a busy processor's time, and only the best of each counts: that one was not disturbed.
 */
export function measure(
  reference: Bench,
  benches: readonly Bench[],
  options: MeasureOptions = MEASURE_DEFAULTS,
): Reading[] {
  const best = benches.map(() => ({ referenceNs: Infinity, benchNs: Infinity }));
  for (let round = -options.warmUpRounds; round < options.rounds; round += 1) {
    benches.forEach((bench, index) => {
      const referenceNs = roundNs(reference);
      const benchNs = roundNs(bench);
      const entry = best[index];
      if (round < 0 || entry === undefined) return;
      entry.referenceNs = Math.min(entry.referenceNs, referenceNs);
      entry.benchNs = Math.min(entry.benchNs, benchNs);
    });
  }
  return benches.map((bench, index) => {
    const { referenceNs, benchNs } = best[index] ?? { referenceNs: NaN, benchNs: NaN };
    return {
      name: bench.name,
      unit: bench.unit,
      ratio: benchNs / referenceNs,
      nsPerUnit: benchNs / bench.unitsPerRound,
      heapBytesPerUnit: heapBytesPerRound(bench, options.heapReadings) / bench.unitsPerRound,
    };
  });
}

function roundNs(bench: Bench): number {
  const { prepare, run, stepsPerRound } = bench;
  if (prepare === undefined) {
    const startedMs = performance.now();
    runRound(bench);
    return (performance.now() - startedMs) * 1e6;
  }
  let sumMs = 0;
  for (let step = 0; step < stepsPerRound; step += 1) {
    prepare(step);
    const startedMs = performance.now();
    run(step);
    sumMs += performance.now() - startedMs;
  }
  return sumMs * 1e6;
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** What `prepare` allocates is counted too. The median: a collection in between falsifies one. */
function heapBytesPerRound(bench: Bench, readings: number): number {
  const all: number[] = [];
  for (let reading = 0; reading < readings; reading += 1) {
    collectGarbage();
    const none = heapBytesOf(() => {});
    all.push(heapBytesOf(() => runRound(bench)) - none);
  }
  return all.toSorted((left, right) => left - right)[Math.floor(readings / 2)] ?? NaN;
}

function heapBytesOf(work: () => void): number {
  const before = getHeapStatistics().used_heap_size;
  work();
  return getHeapStatistics().used_heap_size - before;
}

function runRound({ prepare, run, stepsPerRound }: Bench): void {
  for (let step = 0; step < stepsPerRound; step += 1) {
    prepare?.(step);
    run(step);
  }
}
