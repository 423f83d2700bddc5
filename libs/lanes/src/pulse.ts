import type { Timers } from '#kernel';

/** How often a lane counts up. */
const PULSE_MS = 250;

/**
 * A lane's sign of life in shared memory: its event loop counts up as long as it turns. It is no
 * message, because a main thread that was held up itself must find the count of now, and not take a
 * living lane for a dead one.
 */
export function createPulse(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** The lane's side: counts up for as long as its event loop turns. */
export function keepPulse(pulse: Int32Array<SharedArrayBuffer>, timers: Timers): void {
  Atomics.add(pulse, 0, 1);
  timers.after(PULSE_MS, () => keepPulse(pulse, timers));
}

/**
 * The main thread's side: asked once per look, how many looks in a row found the count where it
 * was.
 */
export class PulseWatch {
  readonly #pulse: Int32Array<SharedArrayBuffer>;
  #seen = 0;
  #missedLooks = 0;

  constructor(pulse: Int32Array<SharedArrayBuffer>) {
    this.#pulse = pulse;
  }

  /** A lane that has not begun to count is starting, and misses nothing. */
  missedLooks(): number {
    const count = Atomics.load(this.#pulse, 0);
    this.#missedLooks = count === this.#seen && count !== 0 ? this.#missedLooks + 1 : 0;
    this.#seen = count;
    return this.#missedLooks;
  }
}
