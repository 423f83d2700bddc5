import { setTimeout as wait } from 'node:timers/promises';
import { PersistenceError, type Database } from '#persistence';

/** How often a start that waits for Postgres looks again. */
const LOOK_AGAIN_MS = 500;
/** One answer of Postgres. */
const PING_DEADLINE_MS = 2_000;

/**
 * Waits until Postgres answers and has the tables that this version needs: a relay that knows no
 * stream key is of no use, and one that dies instead of waiting has to be started by somebody.
 * `onMissing` hears of each look in vain.
 */
export async function untilSchemaStands(
  database: Pick<Database, 'pendingMigrations' | 'ping'>,
  onMissing: (reason: string) => void,
  pause: () => Promise<void> = () => wait(LOOK_AGAIN_MS),
): Promise<void> {
  for (;;) {
    const missing = await missingOf(database);
    if (missing === undefined) return;
    onMissing(missing);
    await pause();
  }
}

async function missingOf(
  database: Pick<Database, 'pendingMigrations' | 'ping'>,
): Promise<string | undefined> {
  try {
    await database.ping(PING_DEADLINE_MS);
    const [pending] = await database.pendingMigrations();
    return pending === undefined ? undefined : `Postgres waits for the migration ${pending}`;
  } catch (error) {
    if (error instanceof PersistenceError) return error.message;
    throw error;
  }
}
