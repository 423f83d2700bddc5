import type { Clock } from '#kernel';

export interface AttemptLimits {
  readonly attempts: number;
  readonly windowMs: number;
  /** Keys remembered at once; beyond it the oldest is forgotten. */
  readonly keysMax: number;
}

interface Window {
  endsAtMs: number;
  attempts: number;
}

/** Counts attempts per key in windows of fixed length. Bounded in memory; of this process alone. */
export class AttemptLimiter {
  readonly #windows = new Map<string, Window>();
  readonly #limits: AttemptLimits;
  readonly #clock: Clock;

  constructor(limits: AttemptLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Counts one more. Gives 0, or how long to wait, in ms, when it is one too many. */
  attempt(key: string): number {
    const nowMs = this.#clock.monotonicMs();
    const window = this.#windowOf(key, nowMs);
    if (window.attempts >= this.#limits.attempts) return window.endsAtMs - nowMs;
    window.attempts += 1;
    return 0;
  }

  forget(key: string): void {
    this.#windows.delete(key);
  }

  #windowOf(key: string, nowMs: number): Window {
    const standing = this.#windows.get(key);
    if (standing !== undefined && standing.endsAtMs > nowMs) return standing;
    const window = { endsAtMs: nowMs + this.#limits.windowMs, attempts: 0 };
    this.#windows.delete(key);
    this.#windows.set(key, window);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > this.#limits.keysMax && oldest !== undefined) {
      this.#windows.delete(oldest);
    }
    return window;
  }
}
