import type { DesiredStream, LiveEvent, StreamStatus } from '#contracts';
import { CALL_DEADLINE_MS, type Claim, type Live, type PushMemory } from '#live';
import { PersistenceError } from '#persistence';
import type { KeyHolder } from './key-cache.ts';
import type { World } from './world.fixture.ts';

/** How a store answers: as it should, not at all, or with a fault at once. */
export type StoreMood = 'there' | 'frozen' | 'away';

/** Postgres as the relay asks it: wishes and keys. A test changes them in place. */
export class FakePostgres {
  mood: StoreMood = 'there';
  readonly streams = new Map<string, DesiredStream>();
  readonly keys = new Map<string, KeyHolder>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
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

  write(): Promise<void> {
    return this.#answer(() => undefined);
  }

  async #answer<Answer>(answer: () => Answer): Promise<Answer> {
    if (this.mood === 'there') return answer();
    if (this.mood === 'frozen') await this.#world.rejectAfter(2_000).catch(() => undefined);
    throw new PersistenceError('DATABASE_UNAVAILABLE', 'The database does not answer.');
  }
}

/** Redis as the relay uses it, with the answers in the order of the questions. */
export class FakeRedis {
  mood: StoreMood = 'there';
  owners = new Map<string, string>();
  statuses = new Map<string, StreamStatus>();
  pushes = new Map<string, PushMemory>();
  tokens = new Map<string, number>();
  readonly told: StreamStatus[] = [];
  readonly events: LiveEvent[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** FLUSHALL, or a restart without its data. */
  empty(): void {
    this.owners.clear();
    this.statuses.clear();
    this.pushes.clear();
    this.tokens.clear();
  }

  get live(): Pick<Live, 'events' | 'fencing' | 'ownership' | 'reconnect' | 'status'> {
    return {
      ownership: {
        claimStream: (streamId, nodeId) => this.#answer(() => this.#claim(streamId, nodeId)),
        releaseStream: (streamId, nodeId) =>
          this.#answer(() => {
            const isOwn = this.owners.get(streamId) === nodeId;
            return isOwn && this.owners.delete(streamId);
          }),
        ownerOf: (streamId) => this.#answer(() => this.owners.get(streamId)),
      },
      fencing: {
        permit: ({ streamId, nodeId, destinationId, aboveToken }) =>
          this.#answer(() => {
            const { granted, owner } = this.#claim(streamId, nodeId);
            if (!granted) return { granted, owner };
            const token = Math.max(this.tokens.get(destinationId) ?? 0, aboveToken) + 1;
            this.tokens.set(destinationId, token);
            return { granted, owner, token };
          }),
      },
      reconnect: {
        savePush: (id, memory) =>
          this.#write(id, memory.token, () => void this.pushes.set(id, memory)),
        loadPush: (id) => this.#answer(() => this.pushes.get(id)),
        forgetPush: (id, token) => this.#write(id, token, () => void this.pushes.delete(id)),
      },
      status: {
        putStatus: (status) =>
          this.#answer(() => {
            this.told.push(status);
            this.statuses.set(status.streamId, status);
          }),
        getStatus: (id) => this.#answer(() => this.statuses.get(id)),
        getStatuses: () => Promise.reject(new Error('not used')),
        allStatuses: () => Promise.reject(new Error('not used')),
      },
      events: {
        appendEvent: (event) =>
          this.#answer(() => {
            this.events.push(event);
            return '1-0';
          }),
        newestEventId: () => Promise.reject(new Error('not used')),
        eventsAfter: () => Promise.reject(new Error('not used')),
        readEvents: () => {
          throw new Error('not used');
        },
      },
    };
  }

  #write(id: string, token: number, write: () => void): Promise<boolean> {
    return this.#answer(() => {
      const isNewest = token >= (this.tokens.get(id) ?? 0);
      if (isNewest) write();
      return isNewest;
    });
  }

  #claim(streamId: string, nodeId: string): Claim {
    const owner = this.owners.get(streamId) ?? nodeId;
    if (owner === nodeId) this.owners.set(streamId, nodeId);
    return { granted: owner === nodeId, owner };
  }

  async #answer<Answer>(answer: () => Answer): Promise<Answer> {
    if (this.mood === 'there') return answer();
    if (this.mood === 'frozen') {
      await this.#world.rejectAfter(CALL_DEADLINE_MS).catch(() => undefined);
    }
    throw new Error('Redis is away');
  }
}
