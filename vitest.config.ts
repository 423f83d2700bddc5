import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { TakingTurns } from './test/taking-turns.ts';

/** Vitest's own default leaves one core to itself; and at any time one file of these waits. */
const WORKERS = availableParallelism() + 1;

/**
 * A process and all modules anew for each file would cost as much as what they test. What a module
 * keeps for itself outlives a spec, so no spec may lean on it.
 */
const SHARED = false;

/**
 * End to end, and no judge of a pause or of how soon something is back: others beside them change
 * nothing. Which frames arrive does not depend on how busy the machine is.
 */
const IN_PAIRS = [
  'canary',
  'demo',
  'history',
  'journey-first-run',
  'journey-show',
  'keys',
  'main-job',
  'paste',
  'rehearsal',
  'slate',
  'start-faults',
  'webhooks',
].map((name) => `test/e2e/${name}.spec.ts`);

/** One group, so that no core is idle while the last file of a suite ends. */
const TOGETHER = 2;

/**
 * Suites by what they need: `unit`, `sim` and `bench` nothing, `integration` Postgres and Redis,
 * `faults` the whole product, `e2e` and `e2e-pairs` its peers as well.
 */
export default defineConfig({
  // Vite's compiler finds decorator settings only through a tsconfig that lists the file; specs are
  // in none.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node'] } },
  // Runs a project's globalSetup.
  environments: { __vitest__: { resolve: { conditions: ['source', 'node'] } } },
  test: {
    sequence: { sequencer: TakingTurns },
    // A deadline and no judgement: on a busy machine a second is little.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            '{apps,libs,tools}/**/*.spec.ts',
            'test/faults/{layer,matrix}/**/*.spec.ts',
            'test/fuzz/*.spec.ts',
          ],
          isolate: SHARED,
          testTimeout: 20_000,
          maxWorkers: WORKERS,
          sequence: { groupOrder: TOGETHER },
        },
      },
      {
        extends: true,
        test: {
          name: 'sim',
          include: ['test/sim/**/*.spec.ts'],
          // Takes all cores for itself.
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.spec.ts'],
          globalSetup: 'test/integration/services.ts',
          isolate: SHARED,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: WORKERS,
          sequence: { groupOrder: TOGETHER },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e-pairs',
          include: IN_PAIRS,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: WORKERS,
          sequence: { groupOrder: TOGETHER },
        },
      },
      {
        extends: true,
        test: {
          name: 'faults',
          include: ['test/faults/*.spec.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Rows wait: those of one file side by side, and a few files beside each other.
          maxConcurrency: 24,
          maxWorkers: WORKERS,
          sequence: { groupOrder: TOGETHER },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.spec.ts'],
          exclude: IN_PAIRS,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          // Alone on the machine: an encoder that sends in real time needs its share of it.
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'bench',
          include: ['test/bench/**/*.spec.ts'],
          // What else runs may take its share, but not more than it must.
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
