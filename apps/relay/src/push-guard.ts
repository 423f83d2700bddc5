import type { Live } from '#live';
import type { PushMemory } from '#relay-core';

/** What the store said to a push that wants to dial. */
export type Permit =
  | { readonly granted: true; readonly token: number }
  /** Another relay owns the stream now, so this one may not hold a session for it. */
  | { readonly granted: false; readonly owner: string };

/**
 * At most one session per destination, across restarts and nodes: a push dials only while this node
 * owns the stream. The token is above every one before and is kept with the reconnect state: it
 * says which attempt was the last, and keeps nobody out by itself. With Redis away the push goes on
 * with what it has: media never waits for a store, and without Redis no other node can take the
 * stream over either.
 */
export class PushGuard {
  readonly #live: Pick<Live, 'fencing' | 'ownership' | 'reconnect'>;
  readonly #nodeId: string;

  constructor(live: Pick<Live, 'fencing' | 'ownership' | 'reconnect'>, nodeId: string) {
    this.#live = live;
    this.#nodeId = nodeId;
  }

  async permit(streamId: string, destinationId: string, lastToken: number): Promise<Permit> {
    try {
      const { granted, owner } = await this.#live.ownership.claimStream(streamId, this.#nodeId);
      if (!granted) return { granted, owner };
      const token = await this.#live.fencing.nextToken(destinationId, lastToken);
      return { granted, token };
    } catch {
      return { granted: true, token: lastToken };
    }
  }

  /** What a relay before this one left for the push; null when there is nothing, or no store. */
  async recall(destinationId: string): Promise<PushMemory | null> {
    try {
      const memory = await this.#live.reconnect.loadPush(destinationId);
      if (memory === undefined) return null;
      const { attempt, failureClass, nextRetryAtWallMs } = memory;
      return {
        attempt,
        failureClass: failureClass as PushMemory['failureClass'],
        nextRetryAtWallMs,
      };
    } catch {
      return null;
    }
  }

  /** Writes through; `null` forgets. A store that is away gets it with the next repetition. */
  remember(destinationId: string, memory: PushMemory | null, token: number): void {
    const written =
      memory === null
        ? this.#live.reconnect.forgetPush(destinationId)
        : this.#live.reconnect.savePush(destinationId, { ...memory, token });
    written.catch(() => undefined);
  }
}
