import type { Clock } from '#kernel';
import { OWNERSHIP_TTL_MS, type Claim, type Live, type Ownership } from '#live';
import {
  mayDial,
  newLease,
  stepLease,
  type LeaseEvent,
  type LeaseState,
  type PushMemory,
} from '#relay-core';
import type { KeptPush } from './kept-stream.ts';
import type { StoreStanding } from './store-standing.ts';

interface GuardSurroundings {
  /** Of Redis. */
  readonly standing?: StoreStanding;
  /** What the next process must know of a push, also where Redis has lost it by then. */
  readonly keeper?: {
    pushOf(streamId: string, destinationId: string): KeptPush | undefined;
    keepPush(
      streamId: string,
      destinationId: string,
      push: Pick<KeptPush, 'memory' | 'token'>,
    ): void;
  };
}

/** What the store said to a push that wants to dial. */
export type Permit =
  | { readonly granted: true }
  /** Another relay owns the stream now, so this one may not hold a session for it. */
  | { readonly granted: false; readonly owner: string };

/** Leases and tokens kept at most; the one unused the longest goes first. */
const KEPT_MAX = 50_000;
/** How often a question is put whose answer comes when the lease it gives is over already. */
const ASKED_MAX = 3;

/**
 * At most one session per destination, across restarts and nodes: a push dials only while this node
 * holds the stream's lease, and with a fencing token that only its holder is handed; what is
 * written with an older token is refused. With Redis away a push goes on with what it has, unless
 * another node was seen to have the stream: media never waits for a store. A node that alone has
 * lost Redis may so hold sessions beside those of a node that has taken the stream over, until it
 * hears of it.
 */
export class PushGuard implements Pick<Ownership, 'claimStream' | 'releaseStream'> {
  readonly #live: Pick<Live, 'fencing' | 'ownership' | 'reconnect'>;
  readonly #nodeId: string;
  readonly #clock: Clock;
  readonly #around: GuardSurroundings;
  readonly #leases = new Map<string, LeaseState>();
  /** The newest token of each destination that this node knows of. */
  readonly #tokens = new Map<string, number>();

  constructor(
    live: Pick<Live, 'fencing' | 'ownership' | 'reconnect'>,
    nodeId: string,
    clock: Clock,
    around: GuardSurroundings = {},
  ) {
    this.#live = live;
    this.#nodeId = nodeId;
    this.#clock = clock;
    this.#around = around;
  }

  /**
   * Takes or prolongs the stream for this node. Rejects when the store is away, unless another node
   * was the last that was seen to have the stream.
   */
  async claimStream(streamId: string): Promise<Claim> {
    return this.#ask(streamId, () =>
      this.#live.ownership.claimStream(streamId, this.#nodeId),
    ).catch((error: unknown) => {
      const lease = this.#leases.get(streamId);
      if (lease?.standing === 'lost') return { granted: false, owner: lease.owner };
      throw error;
    });
  }

  async releaseStream(streamId: string): Promise<boolean> {
    this.#step(streamId, { kind: 'released', askedAtMs: this.#clock.monotonicMs() });
    return this.#live.ownership.releaseStream(streamId, this.#nodeId);
  }

  /** Asked before each connect. Never rejects. */
  async permit(streamId: string, destinationId: string): Promise<Permit> {
    for (let asked = 1; ; asked += 1) {
      try {
        const { granted, owner } = await this.#ask(streamId, () =>
          this.#takeToken(streamId, destinationId),
        );
        if (!granted) return { granted, owner };
      } catch {
        const lease = this.#leases.get(streamId);
        if (lease?.standing === 'lost') return { granted: false, owner: lease.owner };
      }
      const lease = this.#leases.get(streamId) ?? newLease();
      if (mayDial(lease, this.#clock.monotonicMs())) return { granted: true };
      if (asked === ASKED_MAX) return { granted: false, owner: 'unknown' };
    }
  }

  /**
   * What a relay before this one left for the push, in Redis or on this node's disk: the newer of
   * the two. Null when there is nothing.
   */
  async recall(streamId: string, destinationId: string): Promise<PushMemory | null> {
    const kept = this.#around.keeper?.pushOf(streamId, destinationId);
    const told = await this.#load(destinationId);
    const newest = newestOf(kept, told);
    if (newest === undefined) return null;
    this.#noteToken(destinationId, newest.token);
    const { memory } = newest;
    if (memory === null) return null;
    return { ...memory, failureClass: memory.failureClass as PushMemory['failureClass'] };
  }

  /** Writes through; `null` forgets. A store that is away gets it with the next repetition. */
  remember(streamId: string, destinationId: string, memory: PushMemory | null): void {
    const token = this.#tokens.get(destinationId) ?? 0;
    this.#around.keeper?.keepPush(streamId, destinationId, { token, memory });
    const savedAtWallMs = this.#clock.wallMs();
    const written =
      memory === null
        ? this.#live.reconnect.forgetPush(destinationId, token)
        : this.#live.reconnect.savePush(destinationId, { ...memory, token, savedAtWallMs });
    written.catch(() => undefined);
  }

  /**
   * Undefined when Redis has nothing, or does not answer. Only what is remembered can do without
   * an answer; whether the stream is still ours is always asked.
   */
  async #load(destinationId: string): Promise<KeptPush | undefined> {
    if (this.#isAway) return undefined;
    try {
      const loaded = await this.#put(() => this.#live.reconnect.loadPush(destinationId));
      if (loaded === undefined) return undefined;
      const { token, savedAtWallMs, ...memory } = loaded;
      return { token, savedAtWallMs, memory };
    } catch {
      return undefined;
    }
  }

  get #isAway(): boolean {
    return this.#around.standing?.isAway === true;
  }

  #put<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    return this.#around.standing?.ask(question) ?? question();
  }

  async #takeToken(streamId: string, destinationId: string): Promise<Claim> {
    const aboveToken = this.#tokens.get(destinationId) ?? 0;
    const nodeId = this.#nodeId;
    const request = { streamId, nodeId, destinationId, aboveToken };
    const answer = await this.#live.fencing.permit(request);
    if (answer.granted) this.#noteToken(destinationId, answer.token);
    return answer;
  }

  /** One question to the store, and what its answer means for the lease. */
  async #ask(streamId: string, question: () => Promise<Claim>): Promise<Claim> {
    const askedAtMs = this.#clock.monotonicMs();
    try {
      const claim = await this.#put(question);
      this.#step(
        streamId,
        claim.granted
          ? { kind: 'granted', askedAtMs, forMs: OWNERSHIP_TTL_MS }
          : { kind: 'refused', askedAtMs, owner: claim.owner },
      );
      return claim;
    } catch (error) {
      this.#step(streamId, { kind: 'unanswered', askedAtMs });
      throw error;
    }
  }

  #step(streamId: string, event: LeaseEvent): void {
    const lease = this.#leases.get(streamId) ?? newLease();
    keepNewest(this.#leases, streamId, stepLease(lease, event, this.#clock.monotonicMs()));
  }

  #noteToken(destinationId: string, token: number): void {
    const known = this.#tokens.get(destinationId) ?? 0;
    keepNewest(this.#tokens, destinationId, Math.max(known, token));
  }
}

/** By the token of their writers; one writer's own by their time. */
function newestOf(one: KeptPush | undefined, other: KeptPush | undefined): KeptPush | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  if (one.token !== other.token) return one.token > other.token ? one : other;
  return one.savedAtWallMs > other.savedAtWallMs ? one : other;
}

function keepNewest<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next();
  if (map.size > KEPT_MAX && !oldest.done) map.delete(oldest.value);
}
