import { sentenceOf, type Cancel, type Timers } from '#kernel';
import type { Logger } from '#observability';

export interface OwnBeatOptions {
  /** From the end of one run to the begin of the next. */
  readonly everyMs: number;
  /** For the log, when a run could not be made. */
  readonly fault: string;
  run(): Promise<void>;
}

/**
 * A beat of this process alone, for what may be done by several workers at once: it goes on when
 * Redis has forgotten every beat that it keeps.
 */
export class OwnBeat {
  readonly #resources: { readonly timers: Timers; readonly logger: Logger };
  readonly #options: OwnBeatOptions;
  #cancel: Cancel | undefined;
  #ending = false;

  constructor(
    resources: { readonly timers: Timers; readonly logger: Logger },
    options: OwnBeatOptions,
  ) {
    this.#resources = resources;
    this.#options = options;
  }

  start(): void {
    void this.#beat();
  }

  end(): void {
    this.#ending = true;
    this.#cancel?.();
  }

  /** Never rejects. */
  async #beat(): Promise<void> {
    const { logger, timers } = this.#resources;
    try {
      await this.#options.run();
    } catch (thrown) {
      logger.warn({ fault: sentenceOf(thrown) }, this.#options.fault);
    }
    if (this.#ending) return;
    this.#cancel = timers.after(this.#options.everyMs, () => void this.#beat());
  }
}
