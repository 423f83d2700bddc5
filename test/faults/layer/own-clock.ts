import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { temporaryDirectory } from '#testing';
import { clockLibrary } from '../../../tools/services/fault-programs.ts';
import { findProgram } from '../../../tools/services/find-program.ts';
import { REPOSITORY } from '../../../tools/services/repository.ts';
import { REDIS } from '../../../tools/services/system-programs.ts';

/**
 * A clock for the product's processes that can be set while they run. What counts by the time since
 * the machine began goes on, as it does when a person sets a machine's clock. The built-in stores
 * keep the machine's: Postgres inherits nothing, and Redis does not start with that library.
 */
export class OwnClock {
  readonly environment: NodeJS.ProcessEnv;
  readonly #file: string;
  readonly #remove: () => Promise<void>;

  private constructor(library: string, directory: { path: string; remove: () => Promise<void> }) {
    this.#remove = directory.remove;
    this.#file = join(directory.path, 'clock');
    this.environment = {
      PATH: [join(directory.path, 'bin'), process.env['PATH']].join(delimiter),
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
    const directory = await temporaryDirectory();
    const clock = new OwnClock(library, directory);
    await clock.setTo(0);
    const redis = join(directory.path, 'bin', REDIS.name);
    await mkdir(join(directory.path, 'bin'));
    const real = findProgram(REDIS.name) ?? REDIS.name;
    await writeFile(redis, `#!/bin/sh\nunset LD_PRELOAD\nexec '${real}' "$@"\n`);
    await chmod(redis, 0o755);
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
