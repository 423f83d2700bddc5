import type { Cancel, Timers } from '#kernel';

/** How often a lane counts up. */
const PULSE_MS = 100;

/**
 * A lane's sign of life in shared memory: its event loop counts up as long as it turns. It is no
 * message, because a main thread that was held up itself must find the count of now, and not take a
 * living lane for a dead one.
 */
export function createPulse(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** The lane's side: counts up for as long as its event loop turns, until the answer is called. */
export function keepPulse(pulse: Int32Array<SharedArrayBuffer>, timers: Timers): Cancel {
  let cancel: Cancel;
  const beat = (): void => {
    Atomics.add(pulse, 0, 1);
    cancel = timers.after(PULSE_MS, beat);
  };
  beat();
  return () => cancel();
}

/**
 * The main thread's side: asked once per look, how many looks in a row found the count where it
 * was. A machine that gives the lane no time gives this thread none to look either, and however
 * late a look comes, it is one.
 */
export class PulseWatch {
  readonly #pulse: Int32Array<SharedArrayBuffer>;
  #seen = 0;
  #missedLooks = 0;

  constructor(pulse: Int32Array<SharedArrayBuffer>) {
    this.#pulse = pulse;
  }

  /** The lane has counted: it runs its own code. */
  get hasBegun(): boolean {
    return this.#seen !== 0;
  }

  look(): number {
    const count = Atomics.load(this.#pulse, 0);
    this.#missedLooks = count === this.#seen ? this.#missedLooks + 1 : 0;
    this.#seen = count;
    return this.#missedLooks;
  }
}
