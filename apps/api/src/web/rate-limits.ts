import { TokenBuckets, type Clock } from '#kernel';

interface RateLimit {
  readonly perMinute: number;
  readonly burst: number;
}

/** What a call costs. `address`: whatever one address sends, before anybody knows who it is. */
export type RateClass = 'read' | 'write' | 'dear' | 'address';

/**
 * Far above what a busy page or a diligent script needs: they are there for what runs wild. Counted
 * in this process, so that an absent Redis neither opens nor shuts the API.
 */
export const RATE_LIMITS: Readonly<Record<RateClass, RateLimit>> = {
  read: { perMinute: 3_000, burst: 600 },
  write: { perMinute: 600, burst: 200 },
  dear: { perMinute: 60, burst: 20 },
  address: { perMinute: 9_000, burst: 3_000 },
};
/** Callers that are remembered for each class. */
const KEYS_MAX = 10_000;

/** Calls that make others work: another process, another server, or much of this one. */
const DEAR: readonly RegExp[] = [
  /^POST .*\/test$/,
  /^PUT .*\/slate$/,
  /^GET .*\/(?:report|export)$/,
  /^POST .*\/invitations(?:\/accept)?$/,
  /^POST .*\/replay$/,
  /^POST .*\/setup$/,
  /^POST .*\/password-resets(?:\/use)?$/,
];

/** `route`: the path as it is declared, with its parameters' names. */
export function rateClassOf(method: string, route: string): RateClass {
  const call = `${method} ${route}`;
  if (DEAR.some((pattern) => pattern.test(call))) return 'dear';
  return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
}

export interface RateStanding {
  readonly granted: boolean;
  /** Seconds to wait; 0 when granted. */
  readonly waitSeconds: number;
  readonly headers: Readonly<Record<string, string>>;
}

export class RateLimits {
  readonly #percent: number;
  readonly #buckets: Readonly<Record<RateClass, TokenBuckets>>;

  /** @param percent of the limits; 0: there are none. */
  constructor(clock: Clock, percent: number) {
    this.#percent = percent;
    const bucketsOf = (name: RateClass): TokenBuckets =>
      new TokenBuckets({ ...this.#limitOf(name), keysMax: KEYS_MAX }, clock);
    this.#buckets = {
      read: bucketsOf('read'),
      write: bucketsOf('write'),
      dear: bucketsOf('dear'),
      address: bucketsOf('address'),
    };
  }

  /** Undefined where there are no limits. */
  take(name: RateClass, key: string): RateStanding | undefined {
    if (this.#percent === 0) return undefined;
    const { perMinute } = this.#limitOf(name);
    const { granted, left, waitMs } = this.#buckets[name].take(key);
    const waitSeconds = Math.ceil(waitMs / 1_000);
    return {
      granted,
      waitSeconds: granted ? 0 : waitSeconds,
      headers: {
        'RateLimit-Policy': `"${name}";q=${perMinute};w=60`,
        RateLimit: `"${name}";r=${left};t=${waitSeconds}`,
      },
    };
  }

  #limitOf(name: RateClass): RateLimit {
    const { perMinute, burst } = RATE_LIMITS[name];
    const part = (whole: number): number => Math.max(1, Math.round((whole * this.#percent) / 100));
    return { perMinute: part(perMinute), burst: part(burst) };
  }
}
