import { describe, expect, it } from 'vitest';
import { PersistenceError } from '#persistence';
import { untilSchemaStands } from './schema-standing.ts';

const AWAY = new PersistenceError('DATABASE_UNAVAILABLE', 'The database does not answer.');

function database(answers: readonly (Error | readonly string[])[]) {
  const rest = [...answers];
  return {
    ping: () => {
      const [next] = rest;
      if (!(next instanceof Error)) return Promise.resolve();
      rest.shift();
      return Promise.reject(next);
    },
    pendingMigrations: () => Promise.resolve(rest.shift() as readonly string[]),
  };
}

describe('untilSchemaStands', () => {
  it('waits for Postgres, then for its tables, and says each time what is missing', async () => {
    const reasons: string[] = [];
    const answers = [AWAY, AWAY, ['1_initial', '2_more'], []];
    const pause = () => Promise.resolve();
    await untilSchemaStands(database(answers), (reason) => reasons.push(reason), pause);
    expect(reasons).toEqual([
      'The database does not answer.',
      'The database does not answer.',
      'Postgres waits for the migration 1_initial',
    ]);
  });

  it('does not wait for what waiting cannot mend', async () => {
    const ours = new Error('no such folder');
    const stands = untilSchemaStands(database([ours]), () => undefined);
    await expect(stands).rejects.toBe(ours);
  });
});
