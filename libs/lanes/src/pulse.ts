import type { Cancel, Clock, Timers } from '#kernel';

/** How often a lane counts up. */
const PULSE_MS = 100;
/** Places in the shared memory: how often it has counted, and the longest that a count was late. */
const COUNT = 0;
const LATE_MS = 1;

/**
 * A lane's sign of life in shared memory: its event loop counts up as long as it turns. It is no
 * message, because a main thread that was held up itself must find the count of now, and not take a
 * living lane for a dead one.
 */
export function createPulse(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}

/** The lane's side: counts up for as long as its event loop turns, until the answer is called. */
export function keepPulse(
  pulse: Int32Array<SharedArrayBuffer>,
  { clock, timers }: { readonly clock: Clock; readonly timers: Timers },
): Cancel {
  let cancel: Cancel;
  let dueAtMs = clock.monotonicMs();
  const beat = (): void => {
    const nowMs = clock.monotonicMs();
    const lateMs = Math.round(nowMs - dueAtMs);
    // Nobody else makes it larger: what is taken meanwhile is told once more at worst.
    if (lateMs > Atomics.load(pulse, LATE_MS)) Atomics.store(pulse, LATE_MS, lateMs);
    Atomics.add(pulse, COUNT, 1);
    dueAtMs = nowMs + PULSE_MS;
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

  /** How late the lane's event loop came at most since this was asked last, in milliseconds. */
  takeDelayMs(): number {
    return Atomics.exchange(this.#pulse, LATE_MS, 0);
  }

  look(): number {
    const count = Atomics.load(this.#pulse, COUNT);
    this.#missedLooks = count === this.#seen ? this.#missedLooks + 1 : 0;
    this.#seen = count;
    return this.#missedLooks;
  }
}
