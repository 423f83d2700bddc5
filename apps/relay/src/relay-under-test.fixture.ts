import { randomUUID } from 'node:crypto';
import { NO_DESTINATION_RULES, NO_STREAM_RULES } from '#contracts';
import type { DesiredDestination, DesiredStream, StreamStatus } from '#contracts';
import { Secret, sentenceOf, type Cancel, type Timers } from '#kernel';
import type { HistoryRecord, StatisticsRecord } from '#persistence';
import { DescriptorBudget } from './descriptor-budget.ts';
import { DesiredStates } from './desired-states.ts';
import { Dialler } from './dialler.ts';
import { DiskCache } from './disk-cache.ts';
import { FakeLanes, type FakeAttempt, type FakeIngest } from './fake-lanes.fixture.ts';
import { FakeDisk } from './fake-disk.fixture.ts';
import { FakeSlates } from './fake-slates.fixture.ts';
import { FakePostgres, FakeRedis } from './fake-stores.fixture.ts';
import { GateKeeper } from './gate-keeper.ts';
import { IngestDesk } from './ingest-desk.ts';
import { IngestGate } from './ingest-gate.ts';
import { KeyCache } from './key-cache.ts';
import { MEMORY_SUM, MemoryBudget } from './memory-budget.ts';
import { openDoor } from './open-door.fixture.ts';
import { OutQuota } from './out-quota.ts';
import { PushGuard } from './push-guard.ts';
import { Relay } from './relay.ts';
import { SlateDesk } from './slate-desk.ts';
import { StatisticsPen } from './statistics-pen.ts';
import { StatusPublisher } from './status-publisher.ts';
import { StoreStanding } from './store-standing.ts';
import { streamPorts, type Log } from './stream-ports.ts';
import { StreamPreviews } from './stream-previews.ts';
import { Timeline, type TimelineSinks } from './timeline.ts';
import { World } from './world.fixture.ts';

/** Must be in no status, log or record. */
export const CANARY_KEY = 'c4n4ry-str34m-k3y';
export const NODE = 'here';

export interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Timers that stop with the process that set them. */
class ProcessTimers implements Timers {
  readonly #timers: Timers;
  isDead = false;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  after(delayMs: number, task: () => void): Cancel {
    return this.#timers.after(delayMs, () => void (this.isDead || task()));
  }
}

/** What one process consists of. */
interface Process {
  readonly timers: ProcessTimers;
  readonly lanes: FakeLanes;
  readonly disk: DiskCache;
  readonly keys: KeyCache;
  readonly desired: DesiredStates;
  readonly publisher: StatusPublisher;
  readonly relay: Relay;
  readonly previews: StreamPreviews;
}

/** The relay's main thread, whole, between fake lanes, stores and disk, in simulated time. */
export class RelayUnderTest {
  readonly world: World;
  readonly postgres: FakePostgres;
  readonly redis: FakeRedis;
  readonly files = new FakeDisk();
  readonly slates = new FakeSlates();
  readonly records: HistoryRecord[] = [];
  readonly figures: StatisticsRecord[] = [];
  readonly lines: LogLine[] = [];
  readonly #memoryMbytes: number;
  readonly #openFiles: number;
  #process: Process;

  constructor(seed = 1, memoryMbytes = 8192, openFiles = Infinity) {
    this.world = new World(seed);
    this.postgres = new FakePostgres(this.world);
    this.redis = new FakeRedis(this.world);
    this.#memoryMbytes = memoryMbytes;
    this.#openFiles = openFiles;
    this.#process = this.#begin();
  }

  get lanes(): FakeLanes {
    return this.#process.lanes;
  }

  get relay(): Relay {
    return this.#process.relay;
  }

  get previews(): StreamPreviews {
    return this.#process.previews;
  }

  get publisher(): StatusPublisher {
    return this.#process.publisher;
  }

  get disk(): DiskCache {
    return this.#process.disk;
  }

  /** The process is killed, and its successor has started. */
  async restart(): Promise<void> {
    const { timers, lanes } = this.#process;
    timers.isDead = true;
    lanes.reportTo({ onReport: () => undefined, onLaneLost: () => undefined });
    this.#process = this.#begin();
    const { disk, keys, desired } = this.#process;
    await disk.load();
    keys.recall(disk.keys);
    desired.recall(disk.wishes);
  }

  #begin(): Process {
    const { world, redis, postgres } = this;
    const timers = new ProcessTimers(world);
    const lanes = new FakeLanes(world);
    const log: Log = (level, message, fields) => this.lines.push({ level, message, fields });
    const disk = new DiskCache({
      files: this.files,
      clock: world,
      timers,
      onTrouble: (what, error) => log('warn', what, { cause: sentenceOf(error) }),
    });
    const guard = new PushGuard(redis.live, NODE, world, {
      standing: new StoreStanding(world, timers),
      keeper: disk,
    });
    const statistics = new StatisticsPen({ record: (record) => this.figures.push(record) });
    const publisher = new StatusPublisher(redis.live, guard, timers, statistics);
    const desk = new IngestDesk(lanes, timers);
    const openSealed = () => new Secret(CANARY_KEY);
    const dialler = new Dialler(lanes, openSealed, () => undefined);
    const sinks: TimelineSinks = {
      record: (record) => this.records.push(record),
      announce: (event) => publisher.announce(event),
      log,
    };
    const heard = { standing: new StoreStanding(world, timers), keeper: disk };
    const desired = new DesiredStates(postgres, heard);
    const keys = new KeyCache((keyHash) => postgres.holderOf(keyHash), world, heard);
    const memory = { mbytes: this.#memoryMbytes, lanes: 2 };
    const budget = new MemoryBudget(memory, (...line) => log('warn', ...line));
    const relay = new Relay({
      clock: world,
      lanes,
      desk,
      dialler,
      gate: new IngestGate({
        keys,
        desired,
        ownership: guard,
        nodeId: NODE,
        ...openDoor(world, world.random, disk),
      }),
      desired,
      budget,
      descriptors: new DescriptorBudget({ limit: this.#openFiles, lanes: 2 }),
      streams: streamPorts({
        clock: world,
        timers,
        random: world.random,
        gate: new GateKeeper(world, timers),
        quota: new OutQuota(),
        guard,
        disk,
        desk,
        slates: new SlateDesk(this.slates),
        dialler,
        budget,
        timeline: new Timeline(sinks, world, NODE),
        onChanged: (stream) => publisher.changed(stream),
        log,
      }),
      onOver: (stream) => publisher.over(stream),
      log,
    });
    const previews = new StreamPreviews({
      timers,
      dialler,
      mediaOf: (streamId) => relay.mediaOf(streamId),
      isOn: (streamId) => relay.isOn(streamId),
      hasRoom: () => budget.leftBytes(relay.memoryClaims) >= MEMORY_SUM.testBytes,
    });
    lanes.reportTo(relay);
    this.#every(timers, 1_000, () => {
      relay.tidy();
      previews.look();
      publisher.repeat(relay.streams);
      disk.noteAlive();
      disk.expireFormer();
    });
    this.#every(timers, 10_000, () => void relay.reconcile().catch(() => undefined));
    return { timers, lanes, disk, keys, desired, publisher, relay, previews };
  }

  /** A stream with that key hash and so many destinations. */
  addStream(keyHash: string, destinations = 1, graceSeconds = 60): DesiredStream {
    const streamId = randomUUID();
    const desired: DesiredStream = {
      ...NO_STREAM_RULES,
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

  #every(timers: Timers, intervalMs: number, task: () => void): void {
    timers.after(intervalMs, () => {
      task();
      this.#every(timers, intervalMs, task);
    });
  }
}

export function destination(
  name: string,
  change: Partial<DesiredDestination> = {},
): DesiredDestination {
  return {
    ...NO_DESTINATION_RULES,
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
