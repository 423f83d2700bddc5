import { setTimeout as delay } from 'node:timers/promises';
import type { PublishOptions, RunningProgram } from '#testing';
import { publishWithFfmpeg } from '#testing';

/** An encoder that connects again whenever it has lost its connection, as OBS does. */
export class PersistentEncoder {
  readonly #options: PublishOptions;
  readonly #pauseMs: number;
  #program: RunningProgram;
  #isWanted = true;
  #connectingSinceMs = 0;

  /** `pauseMs`: how long it waits before it connects again. */
  constructor(options: PublishOptions, pauseMs = 0) {
    this.#options = options;
    this.#pauseMs = pauseMs;
    this.#program = this.#publish();
  }

  /** When it began to connect for the last time, by the wall's clock. */
  get connectingSinceMs(): number {
    return this.#connectingSinceMs;
  }

  async stop(): Promise<void> {
    this.#isWanted = false;
    await this.#program.stop();
  }

  #publish(): RunningProgram {
    this.#connectingSinceMs = Date.now();
    const program = publishWithFfmpeg(this.#options);
    void program.ended
      .then(() => delay(this.#pauseMs))
      .then(() => {
        if (this.#isWanted) this.#program = this.#publish();
      });
    return program;
  }
}
