import type { PushNews } from './push-ports.ts';

/** A delay that is off by no more counts as reached; one that is off by twice this, as lost. */
const NEAR_MS = 750;

/** What the figures of an attempt say of its delay that people should hear; each thing once. */
export class DelayWatch {
  #isRewound = false;
  /** The attempt has once been as far behind as it should be. */
  #wasReached = false;

  began(isRewound: boolean): void {
    this.#isRewound = isRewound;
    this.#wasReached = false;
  }

  /** Another delay is wanted: it takes a while until it is so. */
  changed(): void {
    this.#wasReached = false;
  }

  heard(delayMs: number, wantedMs: number): PushNews | undefined {
    if (this.#isRewound) {
      this.#isRewound = false;
      return { kind: 'resumed', behindMs: delayMs };
    }
    if (delayMs >= wantedMs - NEAR_MS) {
      this.#wasReached = true;
      return undefined;
    }
    if (!this.#wasReached || delayMs >= wantedMs - 2 * NEAR_MS) return undefined;
    this.#wasReached = false;
    return { kind: 'delay-shortened', delayMs, wantedMs };
  }
}
