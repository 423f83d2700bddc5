/**
 * Time as a parameter. Durations and deadlines use `monotonicMs`; what people read uses `wallMs`.
 */
export interface Clock {
  /**
   * Milliseconds since an arbitrary start, one for all threads of a process; never goes back,
   * whatever happens to the wall clock.
   */
  monotonicMs(): number;
  /** Milliseconds since 1970-01-01T00:00:00Z; may jump. */
  wallMs(): number;
}

/** Waiting as a parameter. */
export interface Timers {
  /**
   * Calls `task` once after `delayMs`. The answer cancels it; cancelling twice, or late, does
   * nothing.
   */
  after(delayMs: number, task: () => void): Cancel;
}

export type Cancel = () => void;

/** Chance as a parameter: a number in [0, 1). */
export type Random = () => number;
