import { createLogger, type Logger } from '#observability';
import { openMasterKey, openStores, type Stores } from '#process';
import type { MasterKey } from '#vault';
import type { RelaySettings } from './env.ts';

/** What a constructor asks for to be given `RelayResources`. */
export const RESOURCES = Symbol('RelayResources');

/** What the process opens before its parts, and closes after them. */
export interface RelayResources extends Stores {
  readonly logger: Logger;
  readonly masterKey: MasterKey;
}

/** The stores are connected to in the background. Rejects when the master key cannot be used. */
export async function openResources(settings: RelaySettings): Promise<RelayResources> {
  const logger = createLogger({ app: 'relay', level: settings.get('LOG_LEVEL', { infer: true }) });
  const masterKey = await openMasterKey({
    FORKCAST_MASTER_KEY: settings.get('FORKCAST_MASTER_KEY', { infer: true }),
    FORKCAST_MASTER_KEY_FILE: settings.get('FORKCAST_MASTER_KEY_FILE', { infer: true }),
    FORKCAST_MASTER_KEY_PREVIOUS: settings.get('FORKCAST_MASTER_KEY_PREVIOUS', { infer: true }),
    FORKCAST_DATA_DIR: settings.get('FORKCAST_DATA_DIR', { infer: true }),
  });
  const DATABASE_URL = settings.get('DATABASE_URL', { infer: true });
  const REDIS_URL = settings.get('REDIS_URL', { infer: true });
  return { logger, masterKey, ...openStores({ DATABASE_URL, REDIS_URL }, logger) };
}
