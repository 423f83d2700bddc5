import type { Timers } from '#kernel';
import { Secret } from '#kernel';
import type { HistoryRecord, StatisticsRecord } from '#persistence';
import { ConnectGate } from '#relay-core';
import { createRingMemory, type RingSizes } from '#ring';
import { DesiredStates } from '../../apps/relay/src/desired-states.ts';
import { Dialler } from '../../apps/relay/src/dialler.ts';
import { DiskCache } from '../../apps/relay/src/disk-cache.ts';
import { FakeSlates } from '../../apps/relay/src/fake-slates.fixture.ts';
import { FakeDisk } from '../../apps/relay/src/fake-disk.fixture.ts';
import { GateKeeper } from '../../apps/relay/src/gate-keeper.ts';
import { IngestDesk } from '../../apps/relay/src/ingest-desk.ts';
import { IngestGate } from '../../apps/relay/src/ingest-gate.ts';
import { KeyCache } from '../../apps/relay/src/key-cache.ts';
import { MemoryBudget } from '../../apps/relay/src/memory-budget.ts';
import { openDoor } from '../../apps/relay/src/open-door.fixture.ts';
import { OutQuota } from '../../apps/relay/src/out-quota.ts';
import { PushGuard } from '../../apps/relay/src/push-guard.ts';
import { Relay } from '../../apps/relay/src/relay.ts';
import { SlateDesk } from '../../apps/relay/src/slate-desk.ts';
import { StatisticsPen } from '../../apps/relay/src/statistics-pen.ts';
import { StatusPublisher } from '../../apps/relay/src/status-publisher.ts';
import { StoreStanding } from '../../apps/relay/src/store-standing.ts';
import { streamPorts, type Log } from '../../apps/relay/src/stream-ports.ts';
import { Timeline } from '../../apps/relay/src/timeline.ts';
import type { LanePorts } from './sim-lane.ts';
import { SimLanes } from './sim-lanes.ts';
import type { RedisLink, SimPostgres } from './sim-store.ts';
import type { SimWorld } from './world.ts';

/** So few that destinations wait for one another. */
export const GATE = { concurrentMax: 2, apartMs: 100 } as const;
/** Must be in no status, record or log. */
export const CANARY_KEY = 'c4n4ry-str34m-k3y';

const MEMORY_MBYTES = 1_024;
const BEAT_MS = 1_000;
const RECONCILE_MS = 10_000;

export interface NodePorts {
  readonly world: SimWorld;
  readonly nodeId: string;
  /** Which process under that name, from 0. */
  readonly life: number;
  readonly redis: RedisLink;
  readonly postgres: SimPostgres;
  readonly lanes: Omit<LanePorts, 'report' | 'world'>;
  readonly ringSizes: RingSizes;
  onRecord(record: HistoryRecord): void;
  onFigures(record: StatisticsRecord): void;
  onLive(attemptId: string): void;
  onLog(message: string, fields: Readonly<Record<string, unknown>>): void;
}

/** Timers that stop with the process that set them. */
class ProcessTimers implements Timers {
  readonly #timers: Timers;
  isDead = false;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  after(delayMs: number, task: () => void): () => void {
    return this.#timers.after(delayMs, () => void (this.isDead || task()));
  }
}

/** Rings so small that their writers come round. */
class SmallRings extends MemoryBudget {
  readonly #sizes: RingSizes;

  constructor(sizes: RingSizes, warn: ConstructorParameters<typeof MemoryBudget>[1]) {
    super({ mbytes: MEMORY_MBYTES, lanes: 2 }, warn);
    this.#sizes = sizes;
  }

  override openRing(): SharedArrayBuffer {
    return createRingMemory(this.#sizes);
  }
}

/** One relay process: the product's own main thread, between simulated lanes and stores. */
export class SimNode {
  readonly nodeId: string;
  readonly life: number;
  readonly lanes: SimLanes;
  readonly relay: Relay;
  readonly redis: RedisLink;
  readonly #timers: ProcessTimers;

  constructor(ports: NodePorts) {
    const { world, nodeId, redis } = ports;
    this.nodeId = nodeId;
    this.life = ports.life;
    this.redis = redis;
    this.#timers = new ProcessTimers(world.time);
    this.lanes = new SimLanes({ ...ports.lanes, world });
    const { relay, publisher } = this.#putTogether(ports);
    this.relay = relay;
    this.lanes.reportTo({
      onReport: (lane, report) => {
        if (report.kind === 'attempt-reached' && report.stage === 'live') {
          ports.onLive(report.attemptId);
        }
        relay.onReport(lane, report);
      },
      onLaneLost: (lane, detail) => relay.onLaneLost(lane, detail),
    });
    this.#every(BEAT_MS, () => {
      relay.tidy();
      publisher.repeat(relay.streams);
    });
    this.#every(RECONCILE_MS, () => void relay.reconcile().catch(() => undefined));
  }

  /** The process is killed: nothing of it happens any more, and its connections are reset. */
  die(): void {
    this.#timers.isDead = true;
    this.lanes.die();
  }

  #putTogether(ports: NodePorts): { readonly relay: Relay; readonly publisher: StatusPublisher } {
    const { world, nodeId, postgres, redis } = ports;
    const { live } = redis;
    const timers = this.#timers;
    const clock = world.time;
    const log: Log = (_level, message, fields) => ports.onLog(message, fields);
    const disk = new DiskCache({
      files: new FakeDisk(),
      clock,
      timers,
      onTrouble: (what) => ports.onLog(what, {}),
    });
    const guard = new PushGuard(live, nodeId, clock, {
      keeper: disk,
      standing: new StoreStanding(clock, timers),
    });
    const statistics = new StatisticsPen({ record: (record) => ports.onFigures(record) });
    const publisher = new StatusPublisher(live, guard, timers, statistics);
    const desk = new IngestDesk(this.lanes, timers);
    const dialler = new Dialler(
      this.lanes,
      () => new Secret(CANARY_KEY),
      () => undefined,
    );
    const timeline = new Timeline(
      {
        record: (record) => ports.onRecord(record),
        announce: (event) => publisher.announce(event),
        log,
      },
      clock,
      nodeId,
    );
    const heard = { keeper: disk, standing: new StoreStanding(clock, timers) };
    const desired = new DesiredStates(postgres, heard);
    const keys = new KeyCache((keyHash) => postgres.holderOf(keyHash), clock, heard);
    const budget = new SmallRings(ports.ringSizes, (message, fields) =>
      ports.onLog(message, fields),
    );
    const relay = new Relay({
      clock,
      lanes: this.lanes,
      desk,
      dialler,
      gate: new IngestGate({
        keys,
        desired,
        ownership: guard,
        nodeId,
        ...openDoor(clock, world.chance.random, disk),
      }),
      desired,
      budget,
      descriptors: { refusal: () => undefined },
      streams: streamPorts({
        clock,
        timers,
        random: world.chance.random,
        gate: new GateKeeper(clock, timers, new ConnectGate(GATE)),
        quota: new OutQuota(),
        guard,
        disk,
        desk,
        slates: new SlateDesk(new FakeSlates()),
        dialler,
        budget,
        timeline,
        onChanged: (stream) => publisher.changed(stream),
        log,
      }),
      onOver: (stream) => publisher.over(stream),
      log,
    });
    return { relay, publisher };
  }

  #every(intervalMs: number, task: () => void): void {
    this.#timers.after(intervalMs, () => {
      task();
      this.#every(intervalMs, task);
    });
  }
}
