import type { Cancel, Clock, Random, Timers } from './ports.ts';

/** The machine's own clock; its monotonic time is the same in every thread of the process. */
export const systemClock: Clock = {
  monotonicMs() {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1_000 + nanoseconds / 1_000_000;
  },
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
