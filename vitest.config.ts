import { defineConfig } from 'vitest/config';

/** Vitest's own default leaves one core to itself, which on two is half of them. */
const EVERY_CORE = '100%';

/** End to end, and no judge of frames or of seconds: two at once do not disturb each other. */
const IN_PAIRS = [
  'canary',
  'demo',
  'first-page',
  'history',
  'ingest-faults',
  'journey-first-run',
  'keys',
  'paste',
  'rehearsal',
  'resilience',
  'start-faults',
  'webhooks',
].map((name) => `test/e2e/${name}.spec.ts`);

/**
 * What waits more than it works goes together, so that no core is idle while the last file of a
 * suite ends. Vitest takes the files of `e2e-pairs` first, then `integration`, then `unit`.
 */
const WAITING = 2;

/**
 * Suites by what they need: `unit`, `sim` and `bench` nothing, `integration` Postgres and Redis,
 * `e2e` and `e2e-pairs` the whole product and its peers.
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
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{apps,libs,tools}/**/*.spec.ts'],
          maxWorkers: EVERY_CORE,
          sequence: { groupOrder: WAITING },
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
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: EVERY_CORE,
          sequence: { groupOrder: WAITING },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e-pairs',
          include: IN_PAIRS,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: EVERY_CORE,
          sequence: { groupOrder: WAITING },
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
