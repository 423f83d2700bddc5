import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '#testing';
import { clockLibrary } from '../../../tools/services/fault-programs.ts';
import { REPOSITORY } from '../../../tools/services/repository.ts';

/**
 * A clock for the product's processes that can be set while they run. What counts by the time since
 * the machine began goes on as it does when a person or NTP sets a machine's clock. The built-in
 * Postgres keeps the machine's: it inherits nothing of the environment.
 */
export class OwnClock {
  readonly environment: NodeJS.ProcessEnv;
  readonly #file: string;
  readonly #remove: () => Promise<void>;

  private constructor(library: string, directory: { path: string; remove: () => Promise<void> }) {
    this.#remove = directory.remove;
    this.#file = join(directory.path, 'clock');
    this.environment = {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: this.#file,
      // Else it would read the file at each look at the clock.
      FAKETIME_CACHE_DURATION: '1',
      DONT_FAKE_MONOTONIC: '1',
    };
  }

  /** None where the library for it is missing. */
  static async make(): Promise<OwnClock | undefined> {
    const library = clockLibrary(REPOSITORY);
    if (library === undefined) return undefined;
    const clock = new OwnClock(library, await temporaryDirectory());
    await clock.setTo(0);
    return clock;
  }

  /** So many seconds beside the machine's, within a second. */
  async setTo(seconds: number): Promise<void> {
    await writeFile(this.#file, `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}\n`);
  }

  remove(): Promise<void> {
    return this.#remove();
  }
}
