import { describe, expect, it } from 'vitest';
import { tellFailure } from './account.ts';
import { runSeed } from './run-seed.ts';
import { runSeeds } from './run-seeds.ts';
import { newCounts } from './ledger.ts';

/** A failure names its seed, and the one line with which to see it again. */
const FIRST_SEED = Number(process.env['SIM_FIRST_SEED'] ?? 1);
const SEEDS = 1_500;
const STEPS = 300;

describe('two relays, a stream, and whatever happens to them', () => {
  it(`keep their promises (${SEEDS} seeds)`, { timeout: 600_000 }, async () => {
    const account = await runSeeds({ first: FIRST_SEED, count: SEEDS, steps: STEPS });
    expect(account.failures.flatMap(tellFailure).join('\n')).toBe('');
    expect(account.seeds).toBe(SEEDS);
    // A simulation in which nothing happens breaks nothing.
    expect(account.counts.skips).toBeGreaterThan(SEEDS / 20);
    expect(account.counts.sessionsLive).toBeGreaterThan(5 * SEEDS);
    expect(account.counts.framesDelivered).toBeGreaterThan(200 * SEEDS);
  });
});

describe('a seed', () => {
  it('gives the same trace each time, and another seed another', async () => {
    const [one, again, other] = [
      await runSeed(7, 200, 16),
      await runSeed(7, 200, 16),
      await runSeed(8, 200, 16),
    ];
    expect(again).toEqual(one);
    expect(other.hash).not.toBe(one.hash);
  });

  it('that breaks something says how to see it again', () => {
    const failure = { what: 'queue: too long', lastLines: ['1.000 a lane dies'] };
    const run = { seed: 12, steps: 300, hash: '', counts: newCounts(), failure };
    expect(tellFailure(run).join('\n')).toBe(
      '\nbroken by seed 12: queue: too long\n  1.000 a lane dies\n' +
        'replay: npm run sim -- --seed 12 --steps 300',
    );
  });
});
