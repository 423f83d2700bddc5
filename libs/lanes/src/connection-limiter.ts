import { TokenBuckets, type Clock } from '#kernel';
import { addressGroup } from '#net';
import { LANE_LIMITS } from './settings.ts';

/** Blocked at a time; the one blocked the longest ago goes first. */
const BLOCKED_MAX = 10_000;
/** Addresses whose new connections are counted. */
const COUNTED_MAX = 10_000;

/**
 * Why a connection is not let in: its address is blocked; too many that do not publish stand
 * already, from there or in all; or too many came from there in a short time.
 */
export type Unwelcome = 'blocked' | 'pending' | 'frequent';

/**
 * Bounds what connections that have not published can cost: over all addresses, and for each; and
 * keeps those out that the relay has blocked. An address is what `addressGroup` says.
 */
export class ConnectionLimiter {
  readonly #clock: Clock;
  readonly #arrivals: TokenBuckets;
  readonly #pendingMax: number;
  readonly #pendingPerAddressMax: number;
  readonly #pending = new Map<string, number>();
  readonly #blockedUntilMs = new Map<string, number>();
  #total = 0;

  /** `pendingMax`: connections at a time that have not published, over all addresses. */
  constructor(clock: Clock, pendingMax: number = LANE_LIMITS.pendingConnections) {
    this.#clock = clock;
    this.#pendingMax = pendingMax;
    // However few there are, one address alone keeps nobody out.
    const share = Math.ceil(pendingMax / 2);
    this.#pendingPerAddressMax = Math.min(LANE_LIMITS.pendingPerAddress, share);
    const limits = {
      burst: LANE_LIMITS.connectionsAtOncePerAddress,
      perMinute: LANE_LIMITS.connectionsPerMinutePerAddress,
      keysMax: COUNTED_MAX,
    };
    this.#arrivals = new TokenBuckets(limits, clock);
  }

  /**
   * Counts a connection until the answer is called: it publishes now, or is gone. Calling it twice
   * does nothing. One that is refused counts for nothing.
   */
  admit(remoteAddress: string): (() => void) | Unwelcome {
    const group = addressGroup(remoteAddress);
    if (this.#isBlocked(group)) return 'blocked';
    const pending = this.#pending.get(group) ?? 0;
    if (this.#total >= this.#pendingMax) return 'pending';
    if (pending >= this.#pendingPerAddressMax) return 'pending';
    if (!this.#arrivals.take(group).granted) return 'frequent';
    this.#pending.set(group, pending + 1);
    this.#total += 1;
    let isCounted = true;
    return () => {
      if (isCounted) this.#release(group);
      isCounted = false;
    };
  }

  /** New connections from there are refused for so long; those that stand are not touched. */
  block(remoteAddress: string, forMs: number): void {
    const group = addressGroup(remoteAddress);
    this.#blockedUntilMs.delete(group);
    this.#blockedUntilMs.set(group, this.#clock.monotonicMs() + forMs);
    const oldest = this.#blockedUntilMs.keys().next();
    if (this.#blockedUntilMs.size > BLOCKED_MAX && !oldest.done) {
      this.#blockedUntilMs.delete(oldest.value);
    }
  }

  #isBlocked(group: string): boolean {
    const untilMs = this.#blockedUntilMs.get(group);
    if (untilMs === undefined) return false;
    if (untilMs > this.#clock.monotonicMs()) return true;
    this.#blockedUntilMs.delete(group);
    return false;
  }

  #release(group: string): void {
    const pending = this.#pending.get(group) ?? 0;
    this.#total -= 1;
    if (pending > 1) this.#pending.set(group, pending - 1);
    else this.#pending.delete(group);
  }
}
