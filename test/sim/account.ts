import type { Counts } from './ledger.ts';
import type { SeedRun } from './run-seed.ts';

/** What a range of seeds has come to. */
export interface Account {
  readonly seeds: number;
  readonly steps: number;
  readonly counts: Counts;
  /** The lowest seeds first. */
  readonly failures: readonly SeedRun[];
}

export function addCounts(sum: Counts, more: Counts): void {
  for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += more[name];
}

/** A few lines for people. */
export function tell({ seeds, steps, counts, failures }: Account): string {
  const number = (count: number): string => count.toLocaleString('en');
  const lines = [
    `${number(seeds)} ${seeds === 1 ? 'seed' : 'seeds'} of ${number(steps)} steps`,
    `${number(counts.faults)} faults injected, ${number(counts.checks)} checks of invariants`,
    `${number(counts.connections)} connections, ${number(counts.sessionsLive)} went live`,
    `${number(counts.framesPublished)} frames published, ` +
      `${number(counts.framesDelivered)} delivered, ${number(counts.skips)} skips`,
  ];
  return [...lines, ...failures.flatMap(tellFailure)].join('\n');
}

/** The invariant, the last events, and one line with which to see it again. */
export function tellFailure({ seed, steps, failure }: SeedRun): readonly string[] {
  if (failure === undefined) return [];
  return [
    '',
    `broken by seed ${seed}: ${failure.what}`,
    ...failure.lastLines.map((line) => `  ${line}`),
    `replay: npm run sim -- --seed ${seed} --steps ${steps}`,
  ];
}
