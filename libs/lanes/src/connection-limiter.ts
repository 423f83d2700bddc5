import { LANE_LIMITS } from './settings.ts';

/** Bounds what connections that have not published can cost: over all addresses, and for each. */
export class ConnectionLimiter {
  readonly #pending = new Map<string, number>();
  #total = 0;

  /** False: this connection is one too many. */
  admit(remoteAddress: string): boolean {
    const pending = this.#pending.get(remoteAddress) ?? 0;
    if (this.#total >= LANE_LIMITS.pendingConnections) return false;
    if (pending >= LANE_LIMITS.pendingPerAddress) return false;
    this.#pending.set(remoteAddress, pending + 1);
    this.#total += 1;
    return true;
  }

  /** It publishes now, or is gone. */
  release(remoteAddress: string): void {
    const pending = this.#pending.get(remoteAddress);
    if (pending === undefined) return;
    this.#total -= 1;
    if (pending > 1) this.#pending.set(remoteAddress, pending - 1);
    else this.#pending.delete(remoteAddress);
  }
}
