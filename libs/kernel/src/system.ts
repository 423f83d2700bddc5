import type { Cancel, Clock, Random, Timers } from './ports.ts';

/**
 * Where this thread's `performance.now()` begins on the kernel's monotonic clock. Both read that
 * clock; `performance.now()` does so without allocating, but counts from the thread's start.
 */
const THREAD_ORIGIN_MS = hrtimeMs() - performance.now();

/** The machine's own clock; its monotonic time is the same in every thread of the process. */
export const systemClock: Clock = {
  monotonicMs: () => THREAD_ORIGIN_MS + performance.now(),
  wallMs: () => Date.now(),
};

/** The event loop's own timers. */
export const systemTimers: Timers = {
  after(delayMs: number, task: () => void): Cancel {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Not for secrets: use `node:crypto` for those. */
export const systemRandom: Random = () => Math.random();

function hrtimeMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000 + nanoseconds / 1_000_000;
}
