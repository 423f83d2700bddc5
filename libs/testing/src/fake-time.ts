import type { Cancel, Clock, Timers } from '#kernel';

interface Waiting {
  readonly atMs: number;
  readonly task: () => void;
}

/** Time that stands still until a test moves it: one clock and its timers. */
export class FakeTime implements Clock, Timers {
  readonly #waiting = new Set<Waiting>();
  #nowMs = 0;

  monotonicMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return Date.UTC(2026, 0, 1) + this.#nowMs;
  }

  after(delayMs: number, task: () => void): Cancel {
    const waiting = { atMs: this.#nowMs + delayMs, task };
    this.#waiting.add(waiting);
    return () => this.#waiting.delete(waiting);
  }

  /** How many tasks wait for their time. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Calls what falls due on the way, each at its time; what a task arms anew may fall due as well.
   */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs;
    for (;;) {
      const [first] = [...this.#waiting].sort((one, other) => one.atMs - other.atMs);
      if (first === undefined || first.atMs > untilMs) break;
      this.#waiting.delete(first);
      this.#nowMs = first.atMs;
      first.task();
    }
    this.#nowMs = untilMs;
  }
}
