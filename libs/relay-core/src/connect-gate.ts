/** How many connections one process opens at once, and how far apart they begin. */
export interface ConnectGateOptions {
  readonly concurrentMax: number;
  readonly apartMs: number;
}

export interface GateDecision {
  /** May dial now, in the order in which they asked. */
  readonly admitted: readonly string[];
  /** When to ask again if nobody leaves before; null when only a leave can admit the next. */
  readonly nextAtMs: number | null;
}

export const CONNECT_CONCURRENT_MAX = 16;
/** Fifty destinations of a relay that was started anew are all dialled within 2.5 s. */
export const CONNECT_APART_MS = 50;

/**
 * Outputs that lost one uplink together come back together and starve each other; the gate lets
 * them in one by one, first come, first served. Each push holds at most one place, which bounds the
 * queue by the number of pushes.
 */
export class ConnectGate {
  readonly #options: ConnectGateOptions;
  readonly #waiting = new Set<string>();
  readonly #dialling = new Set<string>();
  #lastAdmittedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    options: ConnectGateOptions = {
      concurrentMax: CONNECT_CONCURRENT_MAX,
      apartMs: CONNECT_APART_MS,
    },
  ) {
    this.#options = options;
  }

  /** Stands in line; asking twice keeps the place. Then call `admit`. */
  ask(pushId: string): void {
    if (!this.#dialling.has(pushId)) this.#waiting.add(pushId);
  }

  /** Accepted, failed or given up, waiting or dialling. Then call `admit`: a place may be free. */
  leave(pushId: string): void {
    this.#waiting.delete(pushId);
    this.#dialling.delete(pushId);
  }

  admit(nowMs: number): GateDecision {
    const admitted: string[] = [];
    for (const pushId of this.#waiting) {
      if (this.#dialling.size >= this.#options.concurrentMax) break;
      if (nowMs < this.#nextAtMs()) break;
      this.#waiting.delete(pushId);
      this.#dialling.add(pushId);
      this.#lastAdmittedAtMs = nowMs;
      admitted.push(pushId);
    }
    const waitsForTime =
      this.#waiting.size > 0 && this.#dialling.size < this.#options.concurrentMax;
    return { admitted, nextAtMs: waitsForTime ? this.#nextAtMs() : null };
  }

  #nextAtMs(): number {
    return this.#lastAdmittedAtMs + this.#options.apartMs;
  }
}
