import type { Clock } from '#kernel';
import { KernelQueues, type SocketStanding } from '#outbound';

/** A look may have this share of the time: a machine with many connections has long tables. */
const TIME_SHARE = 0.05;
/**
 * But not longer than this after a look that waited long for its turn: what a look says is of use
 * only beside the one before it (`LOOK_MS_MAX`).
 */
const QUIET_MS_MAX = 2_000;

/** An attempt of which the kernel may know more. */
export interface Doubted {
  /** Undefined where there is no doubt, or no socket. */
  readonly doubtful: SocketStanding | undefined;
  confirmed(handedBytes: number, unconfirmedBytes: number): void;
}

/** Looks at what the kernel holds of those attempts whose peers have said nothing for a while. */
export class KernelLook {
  readonly #clock: Clock;
  readonly #read: () => Promise<KernelQueues | undefined>;
  #isUnderWay = false;
  #notBeforeMs = 0;

  constructor(clock: Clock, read = () => KernelQueues.now()) {
    this.#clock = clock;
    this.#read = read;
  }

  async look(attempts: Iterable<Doubted>): Promise<void> {
    const fromMs = this.#clock.monotonicMs();
    if (this.#isUnderWay || fromMs < this.#notBeforeMs) return;
    // Before the tables: what is handed over meanwhile counts as not confirmed, and harms nobody.
    const doubted: { readonly attempt: Doubted; readonly standing: SocketStanding }[] = [];
    for (const attempt of attempts) {
      const standing = attempt.doubtful;
      if (standing !== undefined) doubted.push({ attempt, standing });
    }
    if (doubted.length === 0) return;
    this.#isUnderWay = true;
    const queues = await this.#read();
    this.#isUnderWay = false;
    const nowMs = this.#clock.monotonicMs();
    this.#notBeforeMs = nowMs + Math.min((nowMs - fromMs) / TIME_SHARE, QUIET_MS_MAX);
    for (const { attempt, standing } of doubted) {
      const unconfirmedBytes = queues?.unconfirmedBytes(standing);
      if (unconfirmedBytes === undefined) continue;
      attempt.confirmed(standing.handedBytes, unconfirmedBytes);
    }
  }
}
