import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Coded pictures that are kept; the oldest goes first. */
export const SLATE_FILES_MAX = 256;

const SUFFIX = '.h264';
const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

/** Slates as they were coded before, in the data directory: they can be had anew at any time. */
export class SlateFiles {
  readonly #folder: string;

  constructor(dataDirectory: string) {
    this.#folder = join(dataDirectory, 'slates');
  }

  /** Undefined when there is none of that name. */
  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.#folder, `${name}${SUFFIX}`));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** `name`: letters and digits. */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
    const path = join(this.#folder, `${name}${SUFFIX}`);
    const unfinished = `${path}.${process.pid}`;
    const file = await open(unfinished, 'w', OWNER_ONLY_FILE);
    try {
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    await this.#forgetOldest();
  }

  async #forgetOldest(): Promise<void> {
    const names = await readdir(this.#folder);
    if (names.length <= SLATE_FILES_MAX) return;
    const paths = names.map((name) => join(this.#folder, name));
    const files = await Promise.all(
      paths.map(async (path) => ({ path, writtenAtMs: (await stat(path)).mtimeMs })),
    );
    files.sort((one, other) => one.writtenAtMs - other.writtenAtMs);
    const old = files.slice(0, files.length - SLATE_FILES_MAX);
    await Promise.all(old.map(({ path }) => rm(path, { force: true })));
  }
}
