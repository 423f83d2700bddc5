import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import type { Secret } from '#kernel';
import { sentenceOf } from '#kernel';

import { MasterKey, newMasterKeyText, type KeyTexts } from './master-key.ts';
import { VaultError } from './vault-error.ts';

export interface MasterKeySource {
  /** FORKCAST_MASTER_KEY: wins over both others. */
  readonly value?: Secret | undefined;
  /** FORKCAST_MASTER_KEY_FILE: must exist. */
  readonly file?: string | undefined;
  /** Where the key is kept when neither is given; made on the first start. */
  readonly dataDirectory: string;
  /** FORKCAST_MASTER_KEY_PREVIOUS: keys that still open what they sealed. */
  readonly previous?: readonly Secret[] | undefined;
}

export const MASTER_KEY_FILE_NAME = 'master.key';
const KEY_ID = /^[0-9a-f]{8}$/;
const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_DIRECTORY = 0o700;

/**
 * Keys before it are those in `previous`, and for a key in a file those beside it, named as
 * `keptKeyFile` says. A file is looked at again while the process runs.
 *
 * Rejects with VaultError `MASTER_KEY_INVALID` or `MASTER_KEY_UNREADABLE`.
 */
export async function loadMasterKey(source: MasterKeySource): Promise<MasterKey> {
  const named = (source.previous ?? []).map((secret) => secret.reveal());
  if (source.value !== undefined) {
    return MasterKey.fromTexts({ current: source.value.reveal(), previous: named });
  }
  const path = masterKeyFile(source);
  const read = () => readTexts(path, named);
  try {
    if (source.file === undefined) await makeMasterKey(source.dataDirectory, path);
    return MasterKey.fromTexts(read(), read);
  } catch (thrown) {
    if (thrown instanceof VaultError) throw thrown;
    throw unreadable(path, thrown);
  }
}

/** Where the key is kept that is not given by value. */
export function masterKeyFile(source: Pick<MasterKeySource, 'file' | 'dataDirectory'>): string {
  return source.file ?? join(source.dataDirectory, MASTER_KEY_FILE_NAME);
}

/** Where a key is kept that is not the master key any more. */
export function keptKeyFile(path: string, id: string): string {
  return `${path}.${id}`;
}

/** The ids that a master key's file has beside it. */
export function keptKeyIds(path: string): readonly string[] {
  const prefix = `${basename(path)}.`;
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((id) => KEY_ID.test(id));
}

/** Synchronous: it is read again in the middle of opening something. */
function readTexts(path: string, named: readonly string[]): KeyTexts {
  const kept = keptKeyIds(path).map((id) => readFileSync(keptKeyFile(path, id), 'utf8'));
  return { current: readFileSync(path, 'utf8'), previous: [...kept, ...named] };
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
    await writeKeyFile(draft, newMasterKeyText());
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

/** A new file, for its owner only, on the disk when it is answered. */
export async function writeKeyFile(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', OWNER_ONLY_FILE);
  try {
    await file.writeFile(`${text}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

export function unreadable(path: string, cause: unknown): VaultError {
  return new VaultError(
    'MASTER_KEY_UNREADABLE',
    `The master key file ${path} cannot be used (${sentenceOf(cause)}).`,
    { cause },
  );
}

export function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code;
}
