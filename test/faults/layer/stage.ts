import { afterAll, beforeAll } from 'vitest';
import { Forkcast } from '../../e2e/forkcast.ts';
import type { Need } from '../matrix/row.ts';
import { firstUnmet } from './needs.ts';

/** The product starts beside others that start. */
const START_WITHIN_MS = 180_000;
const STOP_WITHIN_MS = 120_000;

export interface StageSettings {
  /** Settings of the product beyond those of every end-to-end test. */
  readonly environment?: NodeJS.ProcessEnv;
  /** What the product runs in, where that is not simply this machine. */
  readonly under?: () => Promise<Surroundings>;
  /** Without these there is no product; its rows say why. */
  readonly needs?: readonly Need[];
}

/** A place made for the product: a network, a disk, limits. */
export interface Surroundings {
  /** Stands before the command that starts the product. */
  readonly prefix: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  /** The product is ready, and nobody has used it yet. */
  readonly opened?: (forkcast: Forkcast) => Promise<void>;
  /** Makes what listens on this port of 127.0.0.1 reachable for the product. */
  readonly reach?: (port: number) => Promise<void>;
  /** The product has ended. */
  readonly close: () => Promise<void>;
}

/** The product that the rows of one file share. */
export interface Stage {
  readonly forkcast: Forkcast;
  readonly reach: (port: number) => Promise<void>;
}

/**
 * Starts the whole product, as built, before a file's rows, and ends it after them. At its end it
 * rejects when a secret came out of it.
 */
export function useStage({ environment = {}, under, needs = [] }: StageSettings = {}): Stage {
  let forkcast: Forkcast | undefined;
  let surroundings: Surroundings | undefined;
  beforeAll(async () => {
    if ((await firstUnmet(needs)) !== undefined) return;
    surroundings = await under?.();
    // Rows look often, and many look at once.
    const all = { RATE_LIMIT_PERCENT: '10000', ...environment, ...surroundings?.environment };
    forkcast = await Forkcast.start(all, surroundings?.prefix);
    await surroundings?.opened?.(forkcast);
  }, START_WITHIN_MS);
  afterAll(async () => {
    try {
      await forkcast?.close();
    } finally {
      await surroundings?.close();
    }
  }, STOP_WITHIN_MS);
  return {
    get forkcast() {
      if (forkcast === undefined) throw new Error('the stage stands only while rows run');
      return forkcast;
    },
    reach: async (port) => surroundings?.reach?.(port),
  };
}
