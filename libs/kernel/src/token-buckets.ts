import type { Clock } from './ports.ts';

export interface BucketLimits {
  /** How many may come at once after a pause. */
  readonly burst: number;
  readonly perMinute: number;
  /** Keys remembered; beyond it the one that has been quiet for longest is forgotten. */
  readonly keysMax: number;
}

export interface Taken {
  readonly granted: boolean;
  /** Whole ones that are left now. */
  readonly left: number;
  /** Until there is one again; 0 when there is. */
  readonly waitMs: number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

const MINUTE_MS = 60_000;

/**
 * Token buckets by key: each is full at first, loses one at each `take`, and fills at an even pace.
 * Memory is bounded by the number of keys.
 */
export class TokenBuckets {
  readonly #limits: BucketLimits;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(limits: BucketLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Keys that are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  take(key: string): Taken {
    const { burst, perMinute, keysMax } = this.#limits;
    const nowMs = this.#clock.monotonicMs();
    const known = this.#buckets.get(key) ?? { tokens: burst, filledAtMs: nowMs };
    const filled = known.tokens + ((nowMs - known.filledAtMs) * perMinute) / MINUTE_MS;
    const tokens = Math.min(burst, filled);
    const granted = tokens >= 1;
    const left = granted ? tokens - 1 : tokens;
    // The last that was used stands last: the first is the one that has been quiet for longest.
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: left, filledAtMs: nowMs });
    if (this.#buckets.size > keysMax) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    const waitMs = left >= 1 ? 0 : Math.ceil(((1 - left) * MINUTE_MS) / perMinute);
    return { granted, left: Math.floor(left), waitMs };
  }
}
