import type { DesiredStream, LiveEvent, StreamStatus } from '#contracts';
import type { Clock } from '#kernel';
import { CALL_DEADLINE_MS, OWNERSHIP_TTL_MS, type Claim, type Live, type PushMemory } from '#live';
import type { KeyHolder } from '../../apps/relay/src/key-cache.ts';
import type { SimTime } from './sim-time.ts';

/** How a store answers one node: as it should, not at all, or with a fault at once. */
export type LinkMood = 'there' | 'frozen' | 'away';

const POSTGRES_DEADLINE_MS = 2_000;

async function answer<Answer>(
  time: SimTime,
  mood: LinkMood,
  deadlineMs: number,
  give: () => Answer,
): Promise<Answer> {
  if (mood === 'there') return give();
  if (mood === 'frozen') await new Promise<void>((resolve) => time.after(deadlineMs, resolve));
  throw new Error('the store does not answer');
}

/** Postgres: wishes and keys, changed in place. */
export class SimPostgres {
  mood: LinkMood = 'there';
  readonly streams = new Map<string, DesiredStream>();
  readonly keys = new Map<string, KeyHolder>();
  readonly #time: SimTime;

  constructor(time: SimTime) {
    this.#time = time;
  }

  load(streamId: string): Promise<DesiredStream | undefined> {
    return this.#answer(() => this.streams.get(streamId));
  }

  loadMany(streamIds: readonly string[]): Promise<readonly DesiredStream[]> {
    return this.#answer(() => streamIds.flatMap((id) => this.streams.get(id) ?? []));
  }

  holderOf(keyHash: string): Promise<KeyHolder | undefined> {
    return this.#answer(() => this.keys.get(keyHash));
  }

  #answer<Answer>(give: () => Answer): Promise<Answer> {
    return answer(this.#time, this.mood, POSTGRES_DEADLINE_MS, give);
  }
}

interface Owned {
  readonly owner: string;
  readonly untilMs: number;
}

/** Redis: one for all nodes, with claims that end by themselves. */
export class SimRedis {
  readonly statuses = new Map<string, StreamStatus>();
  /** Destinations of which a node was told that an attempt was under way when a node ended. */
  readonly ghosts = new Set<string>();
  readonly told: (StreamStatus | LiveEvent)[] = [];
  readonly #clock: Clock;
  readonly #owners = new Map<string, Owned>();
  readonly #pushes = new Map<string, PushMemory>();
  readonly #tokens = new Map<string, number>();
  emptiedAtMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** FLUSHALL, or a restart without its data. */
  empty(): void {
    this.emptiedAtMs = this.#clock.monotonicMs();
    for (const map of [this.#owners, this.statuses, this.#pushes, this.#tokens]) map.clear();
  }

  ownerOf(streamId: string): string | undefined {
    const owned = this.#owners.get(streamId);
    return owned === undefined || owned.untilMs <= this.#clock.monotonicMs()
      ? undefined
      : owned.owner;
  }

  claim(streamId: string, nodeId: string): Claim {
    const owner = this.ownerOf(streamId) ?? nodeId;
    if (owner === nodeId) {
      const untilMs = this.#clock.monotonicMs() + OWNERSHIP_TTL_MS;
      this.#owners.set(streamId, { owner, untilMs });
    }
    return { granted: owner === nodeId, owner };
  }

  release(streamId: string, nodeId: string): boolean {
    return this.ownerOf(streamId) === nodeId && this.#owners.delete(streamId);
  }

  takeToken(destinationId: string, aboveToken: number): number {
    const token = Math.max(this.#tokens.get(destinationId) ?? 0, aboveToken) + 1;
    this.#tokens.set(destinationId, token);
    return token;
  }

  memoryOf(destinationId: string): PushMemory | undefined {
    const memory = this.#pushes.get(destinationId);
    const isGhost =
      memory !== undefined && (memory.failureClass === null || memory.ghostUntilWallMs !== null);
    if (isGhost) this.ghosts.add(destinationId);
    return memory;
  }

  write(destinationId: string, token: number, memory: PushMemory | undefined): boolean {
    if (token < (this.#tokens.get(destinationId) ?? 0)) return false;
    if (memory === undefined) this.#pushes.delete(destinationId);
    else this.#pushes.set(destinationId, memory);
    return true;
  }
}

const unused = (): never => {
  throw new Error('a relay does not ask this');
};

/** What one node reaches of Redis. */
export class RedisLink {
  readonly #redis: SimRedis;
  readonly #time: SimTime;
  #mood: LinkMood = 'there';
  /** When it last could not be reached. */
  #blindAtMs = Number.NEGATIVE_INFINITY;
  #frozenAtMs = Number.NEGATIVE_INFINITY;

  constructor(redis: SimRedis, time: SimTime) {
    this.#redis = redis;
    this.#time = time;
  }

  /** Until then an answer may come of which it is not clear when it was given. */
  get answersLateUntilMs(): number {
    return this.#frozenAtMs + CALL_DEADLINE_MS;
  }

  get mood(): LinkMood {
    return this.#mood;
  }

  set mood(mood: LinkMood) {
    if (this.#mood !== 'there') this.#blindAtMs = this.#time.monotonicMs();
    if (this.#mood === 'frozen') this.#frozenAtMs = this.#time.monotonicMs();
    this.#mood = mood;
  }

  get blindAtMs(): number {
    return this.#mood === 'there' ? this.#blindAtMs : this.#time.monotonicMs();
  }

  get live(): Pick<Live, 'events' | 'fencing' | 'ownership' | 'reconnect' | 'status'> {
    const redis = this.#redis;
    return {
      ownership: {
        claimStream: (streamId, nodeId) => this.#answer(() => redis.claim(streamId, nodeId)),
        releaseStream: (streamId, nodeId) => this.#answer(() => redis.release(streamId, nodeId)),
        ownerOf: unused,
      },
      fencing: {
        permit: ({ streamId, nodeId, destinationId, aboveToken }) =>
          this.#answer(() => {
            const { granted, owner } = redis.claim(streamId, nodeId);
            if (!granted) return { granted, owner };
            return { granted, owner, token: redis.takeToken(destinationId, aboveToken) };
          }),
      },
      reconnect: {
        savePush: (id, memory) => this.#answer(() => redis.write(id, memory.token, memory)),
        loadPush: (id) => this.#answer(() => redis.memoryOf(id)),
        forgetPush: (id, token) => this.#answer(() => redis.write(id, token, undefined)),
      },
      status: {
        putStatus: (status) =>
          this.#answer(() => {
            redis.told.push(status);
            redis.statuses.set(status.streamId, status);
          }),
        getStatus: unused,
        getStatuses: unused,
        allStatuses: unused,
      },
      events: {
        appendEvent: (event) =>
          this.#answer(() => {
            redis.told.push(event);
            return '1-0';
          }),
        newestEventId: unused,
        eventsAfter: unused,
        readEvents: unused,
      },
    };
  }

  #answer<Answer>(give: () => Answer): Promise<Answer> {
    return answer(this.#time, this.#mood, CALL_DEADLINE_MS, give);
  }
}
