import type { CacheFile, CacheFiles } from './sealed-files.ts';

/** A disk in memory: what one process wrote is there for the next. */
export class FakeDisk implements CacheFiles {
  /** What its writes do. */
  mood: 'there' | 'full' = 'there';
  readonly files = new Map<string, Buffer>();
  /** Names of files that cannot be opened. */
  readonly torn = new Set<string>();
  writes = 0;
  #touchedAtWallMs: number | null = null;

  readAll(onUnreadable: (name: string, error: unknown) => void): Promise<readonly CacheFile[]> {
    for (const name of this.torn) onUnreadable(name, new Error('the file is torn'));
    const files = [...this.files].map(([name, bytes]) => ({ name, bytes }));
    return Promise.resolve(files.filter(({ name }) => !this.torn.has(name)));
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    this.writes += 1;
    await this.#mayWrite();
    this.files.set(name, Buffer.from(bytes));
  }

  async remove(name: string): Promise<void> {
    await this.#mayWrite();
    this.files.delete(name);
  }

  async touch(wallMs: number): Promise<void> {
    await this.#mayWrite();
    this.#touchedAtWallMs = wallMs;
  }

  touchedAtWallMs(): Promise<number | null> {
    return Promise.resolve(this.#touchedAtWallMs);
  }

  #mayWrite(): Promise<void> {
    return this.mood === 'there' ? Promise.resolve() : Promise.reject(new Error('ENOSPC'));
  }
}
