import type { Cancel, Clock, Random, Timers } from '#kernel';
import { seededRandom } from '#testing';

/** No honest while of simulated time holds more. */
const TASKS_MAX = 100_000;
/** More than the longest chain of promises between two timers. */
const MICROTASKS = 40;

interface Task {
  readonly atMs: number;
  readonly run: () => void;
}

/**
 * Simulated time: timers in the order of their time, then of their making, and chance from a seed.
 */
export class World implements Clock, Timers {
  readonly random: Random;
  #nowMs = 1_000_000;
  readonly #tasks = new Set<Task>();

  constructor(seed = 1) {
    this.random = seededRandom(seed);
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return 1_790_000_000_000 + this.#nowMs;
  }

  after(delayMs: number, run: () => void): Cancel {
    const task = { atMs: this.#nowMs + Math.max(0, delayMs), run };
    this.#tasks.add(task);
    return () => this.#tasks.delete(task);
  }

  /** Rejects after a while of simulated time, as a call with a deadline does. */
  rejectAfter(delayMs: number): Promise<never> {
    return new Promise((_resolve, reject) => {
      this.after(delayMs, () => reject(new Error(`no answer in ${delayMs} ms`)));
    });
  }

  /** What follows from now without waiting. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < MICROTASKS; turn += 1) await Promise.resolve();
  }

  async pass(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await this.settle();
    for (let count = 0; ; count += 1) {
      if (count > TASKS_MAX) throw new Error('simulated time does not end');
      const next = this.#nextBefore(untilMs);
      if (next === undefined) break;
      this.#tasks.delete(next);
      this.#nowMs = next.atMs;
      next.run();
      await this.settle();
    }
    this.#nowMs = untilMs;
  }

  between(min: number, max: number): number {
    return Math.floor(min + this.random() * (max - min));
  }

  oneOf<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(this.random() * list.length)];
  }

  #nextBefore(untilMs: number): Task | undefined {
    let first: Task | undefined;
    for (const task of this.#tasks) {
      if (task.atMs <= untilMs && (first === undefined || task.atMs < first.atMs)) first = task;
    }
    return first;
  }
}
