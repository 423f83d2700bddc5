import { systemTimers } from '#kernel';
import { openLive, type Live } from '#live';
import { CoalescingReporter, type Logger } from '#observability';
import { openDatabase, type Database } from '#persistence';
import { openQueues, type Queues } from '#queue';

export interface Stores {
  readonly database: Database;
  readonly live: Live;
  readonly queues: Queues;
  /** For what can go wrong again and again: the log hears of it ever less often. */
  readonly faults: CoalescingReporter<Error>;
}

/** The stores are connected to in the background: a process starts while they are away. */
export function openStores(
  environment: { readonly DATABASE_URL: string; readonly REDIS_URL: string },
  logger: Logger,
): Stores {
  const faults = new CoalescingReporter<Error>({
    timers: systemTimers,
    write: ({ kind, times, detail }) => logger.warn({ fault: detail.message, times }, kind),
  });
  const redis = { url: environment.REDIS_URL };
  return {
    faults,
    database: openDatabase({
      url: environment.DATABASE_URL,
      onIdleFault: (fault) => faults.report('a connection to Postgres ended', fault),
    }),
    live: openLive({ ...redis, onFault: (fault) => faults.report('Redis (live)', fault) }),
    queues: openQueues({ ...redis, onFault: (fault) => faults.report('Redis (queues)', fault) }),
  };
}
