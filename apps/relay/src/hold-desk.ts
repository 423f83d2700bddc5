import type { LaneReport } from '#lanes';
import type { Broadcast } from './broadcast.ts';
import type { Lanes } from './lanes-port.ts';

/** What a hold can show and let be heard. */
export type HoldStanding = Pick<
  Extract<LaneReport, { readonly kind: 'hold-standing' }>,
  'picture' | 'sound' | 'reason'
>;

export interface HoldListener {
  onHoldStanding(holdId: string, standing: HoldStanding): void;
  /** Once: it writes no more. */
  onHoldEnded(holdId: string): void;
}

interface HoldOrder {
  readonly holdId: string;
  readonly lane: number;
  readonly broadcast: Broadcast;
  /** A picture coded for this stream; null: the last one. */
  readonly slate: Uint8Array | null;
}

interface Entry {
  readonly lane: number;
  readonly listener: HoldListener;
}

/** The holds of all streams, over all lanes. */
export class HoldDesk {
  readonly #lanes: Lanes;
  readonly #entries = new Map<string, Entry>();

  constructor(lanes: Lanes) {
    this.#lanes = lanes;
  }

  /** A lane that is up: the preferred one, or the one with the fewest holds. */
  laneFor(preferred: number | undefined): number | undefined {
    if (preferred !== undefined && this.#lanes.isUp(preferred)) return preferred;
    const holds = new Map<number, number>();
    for (let lane = 0; lane < this.#lanes.size; lane += 1) {
      if (this.#lanes.isUp(lane)) holds.set(lane, 0);
    }
    for (const { lane } of this.#entries.values()) {
      const count = holds.get(lane);
      if (count !== undefined) holds.set(lane, count + 1);
    }
    const [least] = [...holds].sort(([, one], [, other]) => one - other);
    return least?.[0];
  }

  start({ holdId, lane, broadcast, slate }: HoldOrder, listener: HoldListener): void {
    this.#entries.set(holdId, { lane, listener });
    const { id: ringId, ring } = broadcast;
    this.#lanes.send(lane, { kind: 'start-hold', holdId, ringId, ring, slate });
  }

  end(holdId: string): void {
    const entry = this.#entries.get(holdId);
    if (entry !== undefined) this.#lanes.send(entry.lane, { kind: 'end-hold', holdId });
  }

  standing(holdId: string, { picture, sound, reason }: HoldStanding): void {
    this.#entries.get(holdId)?.listener.onHoldStanding(holdId, { picture, sound, reason });
  }

  ended(holdId: string): void {
    const entry = this.#entries.get(holdId);
    this.#entries.delete(holdId);
    entry?.listener.onHoldEnded(holdId);
  }

  /** Every hold of the lane is gone. */
  laneLost(lane: number): void {
    for (const [holdId, entry] of [...this.#entries]) {
      if (entry.lane === lane) this.ended(holdId);
    }
  }
}
