import type { Timers } from '#kernel';

/** What waits for the store at most; beyond it the oldest are dropped and counted. */
export const OUTBOX_RECORDS_MAX = 10_000;
export const BATCH_RECORDS_MAX = 500;
const FLUSH_PAUSE_MS = 500;
/** After a failed write the store is left alone for this long. */
const RETRY_PAUSE_MS = 2_000;
/** A record that a store which is there refuses this often, on its own, is dropped. */
export const REFUSALS_MAX = 3;

export interface OutboxTrouble {
  readonly error: unknown;
  readonly waiting: number;
  readonly dropped: number;
}

export interface OutboxPorts<Item> {
  readonly timers: Timers;
  /** In place of `OUTBOX_RECORDS_MAX`. */
  readonly recordsMax?: number;
  /** Writes all or nothing. Writing the same records twice must do no harm. */
  write(batch: readonly Item[]): Promise<void>;
  /** The store is not there, as opposed to: it does not take what it was given. */
  isAway(error: unknown): boolean;
  onTrouble(trouble: OutboxTrouble): void;
}

/**
 * What happened, on its way to the store. Whoever adds never waits: while the store is away records
 * gather here, in order, and go when it is back. One record that the store will not take holds up
 * the others for a few tries, and no longer.
 */
export class Outbox<Item> {
  readonly #ports: OutboxPorts<Item>;
  readonly #waiting: Item[] = [];
  #dropped = 0;
  #writing: Promise<void> | undefined;
  #scheduled = false;
  /** So many of the first were refused together: they go one by one. */
  #single = 0;
  /** Of the first, on its own. */
  #refusals = 0;

  constructor(ports: OutboxPorts<Item>) {
    this.#ports = ports;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Records that were never written: the store was away for too long, or refused them. */
  get dropped(): number {
    return this.#dropped;
  }

  add(item: Item): void {
    this.#waiting.push(item);
    const { recordsMax = OUTBOX_RECORDS_MAX } = this.#ports;
    if (this.#waiting.length > recordsMax) this.#drop();
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
    this.#ports.timers.after(pauseMs, () => {
      this.#scheduled = false;
      void this.flush();
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, this.#single > 0 ? 1 : BATCH_RECORDS_MAX);
      const droppedBefore = this.#dropped;
      try {
        await this.#ports.write(batch);
      } catch (error) {
        if (this.#mayGoOn(error, batch.length)) continue;
        this.#schedule(RETRY_PAUSE_MS);
        return;
      }
      // Records of this batch that overflow pushed out meanwhile are gone from the front already.
      const gone = this.#dropped - droppedBefore;
      this.#waiting.splice(0, Math.max(0, batch.length - gone));
      this.#single = Math.max(0, this.#single - 1);
      this.#refusals = 0;
    }
  }

  /** Whether there is something else to try at once after a failed write. */
  #mayGoOn(error: unknown, records: number): boolean {
    this.#ports.onTrouble({ error, waiting: this.waiting, dropped: this.#dropped });
    if (this.#ports.isAway(error)) return false;
    if (records > 1) {
      this.#single = records;
      return true;
    }
    this.#refusals += 1;
    if (this.#refusals < REFUSALS_MAX) return false;
    this.#drop();
    this.#single = Math.max(0, this.#single - 1);
    return true;
  }

  #drop(): void {
    this.#waiting.shift();
    this.#dropped += 1;
    this.#refusals = 0;
  }
}
