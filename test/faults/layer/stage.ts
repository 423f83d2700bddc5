import { afterAll, beforeAll } from 'vitest';
import { Forkcast } from '../../e2e/forkcast.ts';

/** The product starts beside others that start. */
const START_WITHIN_MS = 180_000;
const STOP_WITHIN_MS = 120_000;

export interface StageSettings {
  /** Settings of the product beyond those of every end-to-end test. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** The product that the rows of one file share. */
export interface Stage {
  readonly forkcast: Forkcast;
}

/**
 * Starts the whole product, as built, before a file's rows, and ends it after them. At its end it
 * rejects when a secret came out of it.
 */
export function useStage({ environment = {} }: StageSettings = {}): Stage {
  let forkcast: Forkcast | undefined;
  beforeAll(async () => {
    // Rows look often, and many look at once.
    forkcast = await Forkcast.start({ RATE_LIMIT_PERCENT: '10000', ...environment });
  }, START_WITHIN_MS);
  afterAll(() => forkcast?.close(), STOP_WITHIN_MS);
  return {
    get forkcast() {
      if (forkcast === undefined) throw new Error('the stage stands only while rows run');
      return forkcast;
    },
  };
}
