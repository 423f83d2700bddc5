import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '#kernel';
import { openBytes, sealBytes, type MasterKey } from '#vault';

/** Files of one node at most; what is beyond is not read. */
export const FILES_MAX = 10_000;
/** The largest stream there may be, with all of its destinations, stays well below. */
export const FILE_BYTES_MAX = 8 * 1_048_576;
const READ_AT_ONCE = 32;
const SUFFIX = '.sealed';
const NAME = /^[0-9a-f-]{36}$/;
const ALIVE_FILE = 'alive';
const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_DIRECTORY = 0o700;

export interface CacheFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Where a node keeps what it must know at its next start. */
export interface CacheFiles {
  /** Those that can be read; `onUnreadable` hears of each other. Rejects when there is no disk. */
  readAll(onUnreadable: (name: string, error: unknown) => void): Promise<readonly CacheFile[]>;
  /** All or nothing: whoever reads finds the bytes before or these. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  remove(name: string): Promise<void>;
  /** Notes that the process is alive. */
  touch(wallMs: number): Promise<void>;
  /** When the process before this one last did; null when there was none. */
  touchedAtWallMs(): Promise<number | null>;
}

/** Files in a folder of the node's own, each sealed for its name and for this node. */
export class SealedFiles implements CacheFiles {
  readonly #folder: string;
  readonly #nodeId: string;
  readonly #master: MasterKey;

  constructor(options: {
    readonly dataDirectory: string;
    readonly nodeId: string;
    readonly master: MasterKey;
  }) {
    this.#folder = join(options.dataDirectory, 'relay-cache', options.nodeId);
    this.#nodeId = options.nodeId;
    this.#master = options.master;
  }

  async readAll(
    onUnreadable: (name: string, error: unknown) => void,
  ): Promise<readonly CacheFile[]> {
    await mkdir(this.#folder, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
    const names = (await readdir(this.#folder))
      .filter((file) => file.endsWith(SUFFIX))
      .map((file) => file.slice(0, -SUFFIX.length))
      .filter((name) => NAME.test(name));
    for (const name of names.splice(FILES_MAX)) {
      onUnreadable(name, new CodedError('CACHE_FULL', `there are more than ${FILES_MAX} files`));
    }
    const files: CacheFile[] = [];
    for (let at = 0; at < names.length; at += READ_AT_ONCE) {
      const some = names.slice(at, at + READ_AT_ONCE);
      const read = some.map(async (name) => {
        try {
          return [{ name, bytes: await this.#read(name) }];
        } catch (error) {
          onUnreadable(name, error);
          return [];
        }
      });
      files.push(...(await Promise.all(read)).flat());
    }
    return files;
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    const sealed = sealBytes(this.#master, this.#context(name), bytes);
    assertSize(sealed.length);
    const path = this.#path(name);
    const draft = `${path}.draft`;
    await writeAndClose(await open(draft, 'w', OWNER_ONLY_FILE), sealed);
    await rename(draft, path);
  }

  async remove(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  async touch(wallMs: number): Promise<void> {
    const path = join(this.#folder, ALIVE_FILE);
    const at = new Date(wallMs);
    try {
      await utimes(path, at, at);
    } catch {
      // The first time.
      await (await open(path, 'a', OWNER_ONLY_FILE)).close();
      await utimes(path, at, at);
    }
  }

  async touchedAtWallMs(): Promise<number | null> {
    try {
      return (await stat(join(this.#folder, ALIVE_FILE))).mtimeMs;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  async #read(name: string): Promise<Buffer> {
    const path = this.#path(name);
    assertSize((await stat(path)).size);
    return openBytes(this.#master, this.#context(name), await readFile(path));
  }

  #path(name: string): string {
    return join(this.#folder, `${name}${SUFFIX}`);
  }

  #context(name: string): string {
    return `forkcast relay cache v1\0${this.#nodeId}\0${name}`;
  }
}

function assertSize(bytes: number): void {
  if (bytes <= FILE_BYTES_MAX) return;
  throw new CodedError('CACHE_FILE_TOO_LARGE', `${bytes} bytes are more than one stream may have`);
}

async function writeAndClose(file: FileHandle, bytes: Buffer): Promise<void> {
  try {
    await file.writeFile(bytes);
    // A file that is renamed before its bytes are on the disk may be empty after a power cut.
    await file.sync();
  } finally {
    await file.close();
  }
}
