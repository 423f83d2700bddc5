import type { Cancel, Clock, Random, Timers } from './ports.ts';

/** The machine's own clock. */
export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
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
