import type { Clock } from '#kernel';
import type { Live } from '#live';
import type { Logger } from '#observability';
import type { Database } from '#persistence';
import type { Queues } from '#queue';
import type { MasterKey } from '#vault';
import type { ApiEnvironment } from '../env.ts';

/** What the process opened before its modules, and closes after them. */
export interface Resources {
  readonly environment: ApiEnvironment;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly database: Database;
  readonly live: Live;
  readonly queues: Queues;
  readonly masterKey: MasterKey;
}
