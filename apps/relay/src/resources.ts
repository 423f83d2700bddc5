import { resolve } from 'node:path';
import { Secret, systemTimers } from '#kernel';
import { openLive, type Live } from '#live';
import { CoalescingReporter, createLogger, type Logger } from '#observability';
import { openDatabase, type Database } from '#persistence';
import { openQueues, type Queues } from '#queue';
import { loadMasterKey, type MasterKey } from '#vault';
import type { RelaySettings } from './env.ts';

/** What a constructor asks for to be given `RelayResources`. */
export const RESOURCES = Symbol('RelayResources');

/** What the process opens before its parts, and closes after them. */
export interface RelayResources {
  readonly logger: Logger;
  /** For what can go wrong again and again: the log hears of it ever less often. */
  readonly faults: CoalescingReporter<Error>;
  readonly database: Database;
  readonly live: Live;
  readonly queues: Queues;
  readonly masterKey: MasterKey;
}

/** The stores are connected to in the background. Rejects when the master key cannot be used. */
export async function openResources(settings: RelaySettings): Promise<RelayResources> {
  const logger = createLogger({ app: 'relay', level: settings.get('LOG_LEVEL', { infer: true }) });
  const masterKeyValue = settings.get('FORKCAST_MASTER_KEY', { infer: true });
  const masterKey = await loadMasterKey({
    value: masterKeyValue === undefined ? undefined : new Secret(masterKeyValue),
    file: settings.get('FORKCAST_MASTER_KEY_FILE', { infer: true }),
    dataDirectory: resolve(settings.get('FORKCAST_DATA_DIR', { infer: true })),
  });
  const faults = new CoalescingReporter<Error>({
    timers: systemTimers,
    write: ({ kind, times, detail }) => logger.warn({ fault: detail.message, times }, kind),
  });
  const database = openDatabase({
    url: settings.get('DATABASE_URL', { infer: true }),
    onIdleFault: (fault) => faults.report('a connection to Postgres ended', fault),
  });
  const redis = { url: settings.get('REDIS_URL', { infer: true }) };
  return {
    logger,
    faults,
    masterKey,
    database,
    live: openLive({ ...redis, onFault: (fault) => faults.report('Redis (live)', fault) }),
    queues: openQueues({ ...redis, onFault: (fault) => faults.report('Redis (queues)', fault) }),
  };
}
