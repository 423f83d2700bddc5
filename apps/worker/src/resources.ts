import type { PostJson } from '#https-call';
import type { Clock, Timers } from '#kernel';
import type { Live } from '#live';
import type { Logger } from '#observability';
import type { Database } from '#persistence';
import type { Queues } from '#queue';
import type { MasterKey } from '#vault';
import type { WorkerEnvironment } from './env.ts';
import type { DestinationTester } from './preflight/destination-tester.ts';

/** What the process opened before its modules, and closes after them. */
export interface Resources {
  readonly environment: WorkerEnvironment;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly database: Database;
  readonly live: Live;
  readonly queues: Queues;
  readonly masterKey: MasterKey;
  readonly postJson: PostJson;
  readonly destinationTester: DestinationTester;
}
