import type { Timers } from '#kernel';

/**
 * With few cursors a beat is short, for delay; each further cursor lengthens it, for fewer and
 * larger writes.
 */
const BEAT_FIRST_MS = 4;
const BEAT_PER_CURSOR_MS = 0.5;
export const BEAT_MAX_MS = 30;

/** How long data gathers before the cursors of one ring in this lane are written. */
export function beatMs(cursors: number): number {
  return Math.min(BEAT_MAX_MS, BEAT_FIRST_MS + BEAT_PER_CURSOR_MS * cursors);
}

/**
 * The ring's side of a beat: resolves as soon as there is more than `sequence`, or after a while
 * without news.
 */
export interface Changing {
  headSequence(): number;
  changed(sequence: number, timeoutMs: number): Promise<void>;
}

/**
 * How long a lane sleeps at most before it looks at a ring again, should a wake-up ever be lost.
 */
const WATCHDOG_MS = 250;

/**
 * The beat of one ring within one lane: armed by arriving data, silent without it. All cursors of
 * the ring are pumped together, so that many small messages leave in one write per cursor.
 */
export class Beat {
  readonly #ring: Changing;
  readonly #timers: Timers;
  readonly #pumps = new Set<() => void>();
  #running = false;

  constructor(ring: Changing, timers: Timers) {
    this.#ring = ring;
    this.#timers = timers;
  }

  get cursors(): number {
    return this.#pumps.size;
  }

  /** Calls `pump` on every beat until the answer is called. */
  join(pump: () => void): () => void {
    this.#pumps.add(pump);
    if (!this.#running) {
      this.#running = true;
      this.#await(this.#ring.headSequence());
    }
    return () => this.#pumps.delete(pump);
  }

  #await(sequence: number): void {
    if (this.#pumps.size === 0) {
      this.#running = false;
      return;
    }
    void this.#ring.changed(sequence, WATCHDOG_MS).then(() => {
      this.#timers.after(beatMs(this.#pumps.size), () => {
        const head = this.#ring.headSequence();
        for (const pump of this.#pumps) pump();
        this.#await(head);
      });
    });
  }
}
