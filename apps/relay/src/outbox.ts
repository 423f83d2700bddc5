import type { Timers } from '#kernel';

/** What waits for the store at most; beyond it the oldest are dropped and counted. */
export const OUTBOX_RECORDS_MAX = 10_000;
const BATCH_RECORDS_MAX = 500;
const FLUSH_PAUSE_MS = 500;
/** After a failed write the store is left alone for this long. */
const RETRY_PAUSE_MS = 2_000;

/** Writes a batch, all of it or nothing. Writing the same records twice must do no harm. */
export type WriteBatch<Item> = (batch: readonly Item[]) => Promise<void>;

/**
 * What happened, on its way to the store. Whoever adds never waits: while the store is away records gather here,
 * in order, and go when it is back.
 */
export class Outbox<Item> {
  readonly #write: WriteBatch<Item>;
  readonly #timers: Timers;
  readonly #onTrouble: (error: unknown, waiting: number, dropped: number) => void;
  #waiting: Item[] = [];
  #dropped = 0;
  #writing: Promise<void> | undefined;
  #scheduled = false;

  constructor(
    write: WriteBatch<Item>,
    timers: Timers,
    onTrouble: (error: unknown, waiting: number, dropped: number) => void,
  ) {
    this.#write = write;
    this.#timers = timers;
    this.#onTrouble = onTrouble;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Records dropped since the start because the store was away for too long. */
  get dropped(): number {
    return this.#dropped;
  }

  add(item: Item): void {
    this.#waiting.push(item);
    if (this.#waiting.length > OUTBOX_RECORDS_MAX) {
      this.#waiting.shift();
      this.#dropped += 1;
    }
    this.#schedule(FLUSH_PAUSE_MS);
  }

  /** One try to write what waits; used once more at the end of the process. Never rejects. */
  async flush(): Promise<void> {
    this.#writing ??= this.#drain().finally(() => {
      this.#writing = undefined;
    });
    await this.#writing;
  }

  #schedule(pauseMs: number): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#timers.after(pauseMs, () => {
      this.#scheduled = false;
      void this.flush();
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, BATCH_RECORDS_MAX);
      const droppedBefore = this.#dropped;
      try {
        await this.#write(batch);
      } catch (error) {
        this.#onTrouble(error, this.#waiting.length, this.#dropped);
        this.#schedule(RETRY_PAUSE_MS);
        return;
      }
      // Records of this batch that overflow pushed out meanwhile are gone from the front already.
      const gone = this.#dropped - droppedBefore;
      this.#waiting.splice(0, Math.max(0, batch.length - gone));
    }
  }
}
