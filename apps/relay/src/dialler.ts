import type { Secret } from '#kernel';
import { sentenceOf } from '#kernel';
import type { AttemptOrder } from '#lanes';
import type { EndMode, FailureCode } from '#relay-core';
import type { DesiredDestination } from '#contracts';
import type { Lanes } from './lanes-port.ts';
import type { AttemptListener, DialOrder } from './push-ports.ts';

interface Placed {
  readonly lane: number;
  readonly listener: AttemptListener;
}

/** Opens a destination's sealed stream key. Throws when it cannot be read any more. */
export type KeyOpener = (destination: DesiredDestination) => Secret;

/** Which attempt runs in which lane. A new one goes to the lane that has the fewest. */
export class Dialler {
  readonly #lanes: Lanes;
  readonly #openKey: KeyOpener;
  readonly #onUnreadableKey: (destinationId: string, reason: string) => void;
  readonly #placed = new Map<string, Placed>();

  constructor(
    lanes: Lanes,
    openKey: KeyOpener,
    onUnreadableKey: (destinationId: string, reason: string) => void,
  ) {
    this.#lanes = lanes;
    this.#openKey = openKey;
    this.#onUnreadableKey = onUnreadableKey;
  }

  /** The answer is a failure when no lane could be given the order. */
  dial(order: DialOrder, listener: AttemptListener): FailureCode | undefined {
    const { destination, attemptId, broadcast } = order;
    const lane = this.#leastLoadedLane();
    if (lane === undefined) return 'LANE_LOST';
    let streamKey: Secret;
    try {
      streamKey = this.#openKey(destination);
    } catch (error) {
      this.#onUnreadableKey(destination.id, sentenceOf(error));
      return 'KEY_UNREADABLE';
    }
    this.#placed.set(attemptId, { lane, listener });
    const lanesOrder: AttemptOrder = {
      attemptId,
      destinationId: destination.id,
      ringId: broadcast.id,
      ring: broadcast.ring,
      url: urlOf(order),
      streamKey: streamKey.reveal(),
    };
    this.#lanes.send(lane, { kind: 'start-attempt', order: lanesOrder });
    return undefined;
  }

  end(attemptId: string, mode: EndMode): void {
    const placed = this.#placed.get(attemptId);
    if (placed !== undefined) {
      this.#lanes.send(placed.lane, { kind: 'end-attempt', attemptId, mode });
    }
  }

  listenerOf(attemptId: string): AttemptListener | undefined {
    return this.#placed.get(attemptId)?.listener;
  }

  ended(attemptId: string, failure: FailureCode | null, detail: string): void {
    const placed = this.#placed.get(attemptId);
    this.#placed.delete(attemptId);
    placed?.listener.onEnded(failure, detail);
  }

  /** Every connection of the lane is gone. */
  laneLost(lane: number): void {
    for (const [attemptId, placed] of [...this.#placed]) {
      if (placed.lane === lane) this.ended(attemptId, 'LANE_LOST', `lane ${lane} died`);
    }
  }

  /** Undefined while every lane is being restarted. */
  #leastLoadedLane(): number | undefined {
    const load = Array.from({ length: this.#lanes.size }, (_, lane) =>
      this.#lanes.isUp(lane) ? 0 : Infinity,
    );
    for (const { lane } of this.#placed.values()) load[lane] = (load[lane] ?? 0) + 1;
    const least = Math.min(...load);
    return least === Infinity ? undefined : load.indexOf(least);
  }
}

function urlOf({ destination, attempt }: DialOrder): string {
  const second = attempt % 2 === 0 ? destination.backupUrl : null;
  return second ?? destination.url;
}
