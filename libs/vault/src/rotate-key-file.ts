import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm } from 'node:fs/promises';

import { hasCode, keptKeyFile, unreadable, writeKeyFile } from './load-master-key.ts';
import { MasterKey, newMasterKeyText } from './master-key.ts';

export interface KeyFileRotation {
  readonly newId: string;
  readonly oldId: string;
  /** Where the key before is now. */
  readonly keptAs: string;
}

/**
 * Puts a new key into a master key's file and keeps the one before beside it, where processes that
 * run find both. At every moment the file holds a whole key, and none is ever lost.
 *
 * Rejects with VaultError `MASTER_KEY_UNREADABLE`.
 */
export async function rotateKeyFile(path: string): Promise<KeyFileRotation> {
  const draft = `${path}.${randomUUID()}`;
  try {
    const oldId = MasterKey.fromBase64(await readFile(path, 'utf8')).id;
    const text = newMasterKeyText();
    const keptAs = keptKeyFile(path, oldId);
    await writeKeyFile(draft, text);
    await link(path, keptAs).catch((thrown: unknown) => {
      if (!hasCode(thrown, 'EEXIST')) throw thrown;
    });
    await rename(draft, path);
    return { newId: MasterKey.fromBase64(text).id, oldId, keptAs };
  } catch (thrown) {
    throw unreadable(path, thrown);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Forgets a key that nothing needs any more, for good. */
export async function removeKeptKey(path: string, id: string): Promise<void> {
  await rm(keptKeyFile(path, id), { force: true });
}
