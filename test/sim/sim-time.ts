import type { Cancel, Clock, Timers } from '#kernel';

/** More than the longest chain of promises between two tasks. */
const MICROTASKS = 16;
/** No honest while of simulated time holds more. */
const TASKS_MAX = 500_000;
const WALL_START_MS = Date.UTC(2026, 0, 1);

interface Task {
  readonly atMs: number;
  readonly order: number;
  run: (() => void) | undefined;
}

/** Simulated time: tasks in the order of their time, then of their making. */
export class SimTime implements Clock, Timers {
  /** Called between tasks. */
  readonly #onTask: () => void;
  #nowMs = 1_000;
  #wallOffsetMs = WALL_START_MS;
  #order = 0;
  /** A binary heap: the next task first. */
  readonly #heap: Task[] = [];

  constructor(onTask: () => void) {
    this.#onTask = onTask;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return this.#wallOffsetMs + this.#nowMs;
  }

  /** Somebody sets the machine's clock. */
  jumpWall(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }

  after(delayMs: number, run: () => void): Cancel {
    this.#order += 1;
    const task: Task = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order, run };
    this.#push(task);
    return () => (task.run = undefined);
  }

  /** Lets time pass, and what follows from each task by promises follow before the next one. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await settle();
    for (let count = 0; ; count += 1) {
      if (count > TASKS_MAX) throw new Error('simulated time does not come to an end');
      const next = this.#heap[0];
      if (next === undefined || next.atMs > untilMs) break;
      this.#pop();
      const { run } = next;
      if (run === undefined) continue;
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      run();
      await settle();
      this.#onTask();
    }
    this.#nowMs = untilMs;
  }

  #push(task: Task): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(task);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !isBefore(task, above)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = task;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const [one, other] = [heap[left], heap[left + 1]];
      if (one === undefined) break;
      const isRight = other !== undefined && isBefore(other, one);
      const least = isRight ? other : one;
      if (!isBefore(least, last)) break;
      heap[at] = least;
      at = isRight ? left + 1 : left;
    }
    heap[at] = last;
  }
}

function isBefore(one: Task, other: Task): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
}

const SETTLED = Promise.resolve();

async function settle(): Promise<void> {
  for (let turn = 0; turn < MICROTASKS; turn += 1) await SETTLED;
}
