import { resolve } from 'node:path';
import { Secret } from '#kernel';
import { loadMasterKey, type MasterKey } from '#vault';

/** From the environment, a file, or the data directory. Rejects when it cannot be used. */
export function openMasterKey(environment: {
  readonly FORKCAST_MASTER_KEY?: string | undefined;
  readonly FORKCAST_MASTER_KEY_FILE?: string | undefined;
  readonly FORKCAST_DATA_DIR: string;
}): Promise<MasterKey> {
  const given = environment.FORKCAST_MASTER_KEY;
  return loadMasterKey({
    value: given === undefined ? undefined : new Secret(given),
    file: environment.FORKCAST_MASTER_KEY_FILE,
    dataDirectory: resolve(environment.FORKCAST_DATA_DIR),
  });
}
