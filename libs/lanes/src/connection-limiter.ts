import type { Clock } from '#kernel';
import { addressGroup } from '#net';
import { LANE_LIMITS } from './settings.ts';

/** Blocked at a time; the one blocked the longest ago goes first. */
const BLOCKED_MAX = 10_000;

/**
 * Bounds what connections that have not published can cost: over all addresses, and for each; and
 * keeps those out that the relay has blocked.
 */
export class ConnectionLimiter {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #pending = new Map<string, number>();
  readonly #blockedUntilMs = new Map<string, number>();
  #total = 0;

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  /**
   * Counts a connection until the answer is called: it publishes now, or is gone. Calling it twice
   * does nothing. Undefined: this connection is one too many.
   */
  admit(remoteAddress: string): (() => void) | undefined {
    if (this.#isBlocked(remoteAddress)) return undefined;
    const pending = this.#pending.get(remoteAddress) ?? 0;
    if (this.#total >= LANE_LIMITS.pendingConnections) return undefined;
    if (pending >= LANE_LIMITS.pendingPerAddress) return undefined;
    this.#pending.set(remoteAddress, pending + 1);
    this.#total += 1;
    let isCounted = true;
    return () => {
      if (isCounted) this.#release(remoteAddress);
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

  #isBlocked(remoteAddress: string): boolean {
    // Nearly always there is none, and nothing has to be looked up.
    if (this.#blockedUntilMs.size === 0) return false;
    const group = addressGroup(remoteAddress);
    const untilMs = this.#blockedUntilMs.get(group);
    if (untilMs === undefined) return false;
    if (untilMs > this.#clock.monotonicMs()) return true;
    this.#blockedUntilMs.delete(group);
    return false;
  }

  #release(remoteAddress: string): void {
    const pending = this.#pending.get(remoteAddress) ?? 0;
    this.#total -= 1;
    if (pending > 1) this.#pending.set(remoteAddress, pending - 1);
    else this.#pending.delete(remoteAddress);
  }
}
