import type { Ledger } from './ledger.ts';
import type { SimLink } from './sim-link.ts';
import type { Witness } from './witness.ts';

/**
 * What was published before it was told to play out, its destination has when we have said goodbye.
 *
 * A delay, or where it began, makes it play long after; an encoder that sends more than before may
 * then come round the ring first, and the rest is gone: `Cursor` ends there. So it may stop, but
 * only right before a frame that the ring had let go of by the time we said goodbye: a frame that
 * could be lent then is one that it was owed.
 */
export class DrainCheck {
  readonly #witness: Witness;
  readonly #places: number;
  readonly #link: SimLink | undefined;

  constructor(witness: Witness, link: SimLink | undefined) {
    this.#witness = witness;
    this.#places = witness.places;
    this.#link = link;
  }

  /** Its connection is gone, because it was told to end. */
  judge(ledger: Ledger): void {
    const { session, closingAtMs = 0 } = this.#link ?? {};
    const { nextPlace } = session?.check ?? {};
    const isPeersFault = session?.hasFault !== false || nextPlace === undefined;
    if (isPeersFault || this.#witness.letGoAtMs(nextPlace) <= closingAtMs) return;
    ledger.must(
      nextPlace >= this.#places,
      () => `drain: a destination lacks ${this.#places - nextPlace} frames at its end`,
    );
  }
}
