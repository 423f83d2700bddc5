import { connect } from 'node:net';
import type { Socket } from 'node:net';

const BATCH = 100;
/** A connection that nobody accepts would be tried for minutes. */
const STANDS_WITHIN_MS = 10_000;

export interface CrowdPlan {
  readonly port: number;
  readonly count: number;
  /** From so many addresses of this machine, in turn. */
  readonly addresses: number;
  /** What each says as soon as its connection stands. */
  readonly first?: Uint8Array;
  /** What follows, a byte at a time. */
  readonly drips?: Uint8Array;
  /** They leave as soon as they have come. */
  readonly isPassing?: boolean;
}

const DRIP_MS = 250;
let crowds = 0;

/** Very many connections to one port, from very many addresses of 127.0.0.0/8. */
export class Crowd {
  readonly #plan: CrowdPlan;
  readonly #number: number;
  readonly #standing = new Set<Socket>();
  readonly #timers: NodeJS.Timeout[] = [];
  #stood = 0;
  #answered = 0;

  private constructor(plan: CrowdPlan) {
    crowds += 1;
    this.#plan = plan;
    this.#number = crowds;
  }

  /** Resolves when all have come: their connections stand, or were refused. */
  static async gather(plan: CrowdPlan): Promise<Crowd> {
    const crowd = new Crowd(plan);
    for (let come = 0; come < plan.count; come += BATCH) {
      const batch = Math.min(BATCH, plan.count - come);
      await Promise.all(Array.from({ length: batch }, (_, index) => crowd.#one(come + index)));
    }
    if (plan.drips !== undefined) crowd.#dripAll(plan.drips);
    return crowd;
  }

  /** How many connections stand now. */
  get standing(): number {
    return this.#standing.size;
  }

  /** How many ever stood. */
  get stood(): number {
    return this.#stood;
  }

  /** How many were told anything at all. */
  get answered(): number {
    return this.#answered;
  }

  leave(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const socket of this.#standing) socket.destroy();
  }

  #one(index: number): Promise<void> {
    const { port, first, isPassing = false } = this.#plan;
    const localAddress = `127.${20 + this.#number}.0.${(index % this.#plan.addresses) + 1}`;
    const socket = connect({ host: '127.0.0.1', port, localAddress, noDelay: true });
    this.#standing.add(socket);
    socket.once('data', () => (this.#answered += 1));
    socket.on('data', () => undefined);
    return new Promise((resolve) => {
      const late = setTimeout(() => socket.destroy(), STANDS_WITHIN_MS);
      socket.once('connect', () => {
        clearTimeout(late);
        this.#stood += 1;
        if (first !== undefined) socket.write(first);
        if (isPassing) socket.destroy();
        resolve();
      });
      socket.on('error', () => socket.destroy());
      socket.once('close', () => {
        clearTimeout(late);
        this.#standing.delete(socket);
        resolve();
      });
    });
  }

  #dripAll(drips: Uint8Array): void {
    let at = 0;
    const timer = setInterval(() => {
      for (const socket of this.#standing) socket.write(drips.subarray(at, at + 1));
      at += 1;
    }, DRIP_MS);
    this.#timers.push(timer);
  }
}
