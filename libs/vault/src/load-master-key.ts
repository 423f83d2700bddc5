import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Secret } from '#kernel';
import { sentenceOf } from '#kernel';

import { MASTER_KEY_BYTES, MasterKey } from './master-key.ts';
import { VaultError } from './vault-error.ts';

export interface MasterKeySource {
  /** FORKCAST_MASTER_KEY: wins over both others. */
  readonly value?: Secret | undefined;
  /** FORKCAST_MASTER_KEY_FILE: must exist. */
  readonly file?: string | undefined;
  /** Where the key is kept when neither is given; made on the first start. */
  readonly dataDirectory: string;
}

export const MASTER_KEY_FILE_NAME = 'master.key';
const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_DIRECTORY = 0o700;

/** Rejects with VaultError `MASTER_KEY_INVALID` or `MASTER_KEY_UNREADABLE`. */
export async function loadMasterKey(source: MasterKeySource): Promise<MasterKey> {
  if (source.value !== undefined) return MasterKey.fromBase64(source.value.reveal());
  if (source.file !== undefined) return readMasterKey(source.file);
  const path = join(source.dataDirectory, MASTER_KEY_FILE_NAME);
  try {
    await makeMasterKey(source.dataDirectory, path);
  } catch (thrown) {
    throw unreadable(path, thrown);
  }
  return readMasterKey(path);
}

/**
 * Several processes start at once and must agree on one key: each writes its own file in full, and
 * `link` lets exactly one of them take the name. A crash half-way leaves no half-written key behind
 * the name.
 */
async function makeMasterKey(directory: string, path: string): Promise<void> {
  if (await exists(path)) return;
  await mkdir(directory, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
  const draft = join(directory, `${MASTER_KEY_FILE_NAME}.${randomUUID()}`);
  try {
    const file = await open(draft, 'wx', OWNER_ONLY_FILE);
    try {
      await file.writeFile(`${randomBytes(MASTER_KEY_BYTES).toString('base64')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(draft, path).catch((thrown: unknown) => {
      if (!hasCode(thrown, 'EEXIST')) throw thrown;
    });
  } finally {
    await rm(draft, { force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await readFile(path);
    return true;
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT')) return false;
    throw thrown;
  }
}

async function readMasterKey(path: string): Promise<MasterKey> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (thrown) {
    throw unreadable(path, thrown);
  }
  return MasterKey.fromBase64(text);
}

function unreadable(path: string, cause: unknown): VaultError {
  return new VaultError(
    'MASTER_KEY_UNREADABLE',
    `The master key file ${path} cannot be used (${sentenceOf(cause)}).`,
    { cause },
  );
}

function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}
