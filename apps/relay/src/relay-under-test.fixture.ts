import { randomUUID } from 'node:crypto';
import type { DesiredDestination, DesiredStream, StreamStatus } from '#contracts';
import { Secret } from '#kernel';
import type { HistoryRecord } from '#persistence';
import { DesiredStates } from './desired-states.ts';
import { Dialler } from './dialler.ts';
import { FakeLanes, type FakeAttempt, type FakeIngest } from './fake-lanes.fixture.ts';
import { FakePostgres, FakeRedis } from './fake-stores.fixture.ts';
import { GateKeeper } from './gate-keeper.ts';
import { IngestDesk } from './ingest-desk.ts';
import { IngestGate } from './ingest-gate.ts';
import { KeyCache } from './key-cache.ts';
import { MemoryBudget } from './memory-budget.ts';
import { PushGuard } from './push-guard.ts';
import { Relay } from './relay.ts';
import { StatusPublisher } from './status-publisher.ts';
import { streamPorts, type Log } from './stream-ports.ts';
import { Timeline } from './timeline.ts';
import { World } from './world.fixture.ts';

/** Must be in no status, log or record. */
export const CANARY_KEY = 'c4n4ry-str34m-k3y';
export const NODE = 'here';

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The relay's main thread, whole, between fake lanes and fake stores, in simulated time. */
export class RelayUnderTest {
  readonly world: World;
  readonly lanes: FakeLanes;
  readonly postgres: FakePostgres;
  readonly redis: FakeRedis;
  readonly relay: Relay;
  readonly publisher: StatusPublisher;
  readonly records: HistoryRecord[] = [];
  readonly lines: LogLine[] = [];

  constructor(seed = 1, memoryMbytes = 8192) {
    const world = new World(seed);
    this.world = world;
    this.lanes = new FakeLanes(world);
    this.postgres = new FakePostgres(world);
    this.redis = new FakeRedis(world);
    const { live } = this.redis;
    const guard = new PushGuard(live, NODE, world);
    this.publisher = new StatusPublisher(live, guard, world);
    const log: Log = (level, message, fields) => this.lines.push({ level, message, fields });
    const desk = new IngestDesk(this.lanes, world);
    const openSealed = () => new Secret(CANARY_KEY);
    const dialler = new Dialler(this.lanes, openSealed, () => undefined);
    const timeline = new Timeline(
      {
        record: (record) => this.records.push(record),
        announce: (event) => this.publisher.announce(event),
        log,
      },
      world,
      NODE,
    );
    const desired = new DesiredStates(this.postgres);
    const keys = new KeyCache((keyHash) => this.postgres.holderOf(keyHash), world);
    const budget = new MemoryBudget({ mbytes: memoryMbytes, lanes: 2 }, (...line) =>
      log('warn', ...line),
    );
    this.relay = new Relay({
      clock: world,
      lanes: this.lanes,
      desk,
      dialler,
      gate: new IngestGate({ keys, desired, ownership: guard, nodeId: NODE }),
      desired,
      budget,
      streams: streamPorts({
        clock: world,
        timers: world,
        random: world.random,
        gate: new GateKeeper(world, world),
        guard,
        desk,
        dialler,
        budget,
        timeline,
        onChanged: (stream) => this.publisher.changed(stream),
        log,
      }),
      onOver: (stream) => this.publisher.over(stream),
      log,
    });
    this.lanes.reportTo(this.relay);
    this.#every(1_000, () => {
      this.relay.tidy();
      this.publisher.repeat(this.relay.streams);
    });
    this.#every(10_000, () => void this.relay.reconcile().catch(() => undefined));
  }

  /** A stream with that key hash and so many destinations. */
  addStream(keyHash: string, destinations = 1, graceSeconds = 60): DesiredStream {
    const streamId = randomUUID();
    const desired: DesiredStream = {
      streamId,
      name: 'a stream',
      graceSeconds,
      endOnUnpublish: false,
      takeover: 'takeover',
      deleted: false,
      destinations: Array.from({ length: destinations }, (_, n) => destination(`d${n}`)),
    };
    this.postgres.streams.set(streamId, desired);
    this.postgres.keys.set(keyHash, { streamId, keyId: randomUUID(), role: 'primary' });
    return desired;
  }

  /** The owner changes their wishes; the API sends its command. */
  async change(streamId: string, change: Partial<DesiredStream>): Promise<void> {
    const before = this.postgres.streams.get(streamId);
    if (before === undefined) throw new Error('no such stream');
    this.postgres.streams.set(streamId, { ...before, ...change });
    await this.relay.onCommand({ kind: 'reconcile', streamId }).catch(() => undefined);
  }

  /** An encoder publishes and sends its first frame. */
  async goLive(keyHash: string, lane = 0): Promise<FakeIngest> {
    const ingest = this.lanes.publish(keyHash, lane);
    await this.world.pass(10);
    this.lanes.media(ingest);
    await this.world.pass(10);
    return ingest;
  }

  /** Every attempt that dials now is accepted by its destination. */
  async acceptAll(): Promise<readonly FakeAttempt[]> {
    await this.world.pass(200);
    for (const attempt of this.lanes.liveAttempts) {
      if (attempt.phase === 'dialling') this.lanes.reach(attempt, 'live');
    }
    await this.world.pass(5);
    return this.lanes.liveAttempts;
  }

  status(streamId: string): StreamStatus | undefined {
    return this.relay.streams.find((stream) => stream.streamId === streamId)?.status();
  }

  recordsOf<Kind extends HistoryRecord['kind']>(
    kind: Kind,
  ): Extract<HistoryRecord, { kind: Kind }>[] {
    return this.records.filter(
      (record): record is Extract<HistoryRecord, { kind: Kind }> => record.kind === kind,
    );
  }

  /** Codes of the incident timeline, in order. */
  get incidents(): string[] {
    return this.recordsOf('event').map(({ code }) => code);
  }

  #every(intervalMs: number, task: () => void): void {
    this.world.after(intervalMs, () => {
      task();
      this.#every(intervalMs, task);
    });
  }
}

export function destination(
  name: string,
  change: Partial<DesiredDestination> = {},
): DesiredDestination {
  return {
    id: randomUUID(),
    name,
    platform: 'custom',
    url: 'rtmp://192.0.2.9/app',
    backupUrl: null,
    sealedKey: 'sealed',
    enabled: true,
    delaySeconds: 0,
    resume: 'live',
    backupAfter: 3,
    updatedAt: new Date(0).toISOString(),
    restartToken: 0,
    ...change,
  };
}
