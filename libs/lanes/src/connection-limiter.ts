import { LANE_LIMITS } from './settings.ts';

/** Bounds what connections that have not published can cost: over all addresses, and for each. */
export class ConnectionLimiter {
  readonly #pending = new Map<string, number>();
  #total = 0;

  /**
   * Counts a connection until the answer is called: it publishes now, or is gone. Calling it twice
   * does nothing. Undefined: this connection is one too many.
   */
  admit(remoteAddress: string): (() => void) | undefined {
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

  #release(remoteAddress: string): void {
    const pending = this.#pending.get(remoteAddress) ?? 0;
    this.#total -= 1;
    if (pending > 1) this.#pending.set(remoteAddress, pending - 1);
    else this.#pending.delete(remoteAddress);
  }
}
