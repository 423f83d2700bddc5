import type { Live } from '#live';
import type { Logger } from '#observability';
import type { Database } from '#persistence';
import type { Queues } from '#queue';
import type { MasterKey } from '#vault';
import type { RelayEnvironment } from './env.ts';

/** What the process opens before its modules, and closes after them. */
export class RelayResources {
  constructor(
    readonly environment: RelayEnvironment,
    readonly logger: Logger,
    readonly database: Database,
    readonly live: Live,
    readonly queues: Queues,
    readonly masterKey: MasterKey,
  ) {}
}
