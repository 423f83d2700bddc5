import { resolve } from 'node:path';
import { Secret } from '#kernel';
import { loadMasterKey, type MasterKey, type MasterKeySource } from '#vault';

export interface MasterKeyEnvironment {
  readonly FORKCAST_MASTER_KEY?: string | undefined;
  readonly FORKCAST_MASTER_KEY_FILE?: string | undefined;
  /** Comma-separated. */
  readonly FORKCAST_MASTER_KEY_PREVIOUS?: string | undefined;
  readonly FORKCAST_DATA_DIR: string;
}

/** From the environment, a file, or the data directory. Rejects when it cannot be used. */
export function openMasterKey(environment: MasterKeyEnvironment): Promise<MasterKey> {
  return loadMasterKey(masterKeySource(environment));
}

/** An empty variable counts as unset. */
export function masterKeySource(environment: MasterKeyEnvironment): MasterKeySource {
  const given = environment.FORKCAST_MASTER_KEY || undefined;
  const previous = (environment.FORKCAST_MASTER_KEY_PREVIOUS ?? '').split(',');
  return {
    value: given === undefined ? undefined : new Secret(given),
    file: environment.FORKCAST_MASTER_KEY_FILE || undefined,
    dataDirectory: resolve(environment.FORKCAST_DATA_DIR),
    previous: previous.filter((text) => text.trim() !== '').map((text) => new Secret(text)),
  };
}
