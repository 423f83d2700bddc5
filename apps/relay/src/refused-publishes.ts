import type { Clock } from '#kernel';
import type { NodePresence } from '#live';

/** As many are told of; of one address and reason only the newest. */
export const REFUSED_PUBLISHES_MAX = 5;

/** `wrong-key`: a key or a link that is none. `blocked`: after too many of them. */
export type RefusalReason = 'wrong-key' | 'blocked' | 'refused';

type Refused = NonNullable<NodePresence['refusedPublishes']>[number];

/** Encoders that were sent away, for whoever wonders why nothing comes in. */
export class RefusedPublishes {
  readonly #clock: Pick<Clock, 'wallMs'>;
  #newest: readonly Refused[] = [];

  constructor(clock: Pick<Clock, 'wallMs'>) {
    this.#clock = clock;
  }

  /** The newest first. */
  get newest(): readonly Refused[] {
    return this.#newest;
  }

  note(address: string, reason: RefusalReason): void {
    const at = new Date(this.#clock.wallMs()).toISOString();
    const others = this.#newest.filter(
      (refused) => refused.address !== address || refused.reason !== reason,
    );
    this.#newest = [{ at, address, reason }, ...others].slice(0, REFUSED_PUBLISHES_MAX);
  }
}
