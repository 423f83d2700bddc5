import { setTimeout as wait } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { CodedError, systemClock, systemRandom, systemTimers } from '#kernel';
import { LanePool, type LaneReport } from '#lanes';
import type { NodePresence } from '#live';
import { equalHashes, openKey } from '#vault';
import { DescriptorBudget, descriptorLimit } from './descriptor-budget.ts';
import { DesiredStates } from './desired-states.ts';
import { Dialler } from './dialler.ts';
import { DiskCache } from './disk-cache.ts';
import { LAST_WORDS_MS } from './end-budget.ts';
import type { RelaySettings } from './env.ts';
import { faultOf } from './fault-of.ts';
import { GateKeeper } from './gate-keeper.ts';
import { IngestDesk } from './ingest-desk.ts';
import { IngestGate } from './ingest-gate.ts';
import { KeyCache, type KeyLookup } from './key-cache.ts';
import type { LiveStream } from './live-stream.ts';
import { Lookouts } from './lookouts.ts';
import { LoopDelays } from './loop-delays.ts';
import { MemoryBudget } from './memory-budget.ts';
import { MetricsServer, type RelayFigures, type RelayStanding } from './metrics.ts';
import { NodeFigures } from './node-figures.ts';
import { openSlateDesk } from './open-slate-desk.ts';
import { openOutboxes, type Outboxes } from './outboxes.ts';
import { OutQuota } from './out-quota.ts';
import { PushGuard } from './push-guard.ts';
import type { CertificateWatch } from './certificate-watch.ts';
import { certificateWatch, doorkeepers } from './relay-extras.ts';
import { Relay } from './relay.ts';
import { RESOURCES, type RelayResources } from './resources.ts';
import { untilSchemaStands } from './schema-standing.ts';
import { SealedFiles } from './sealed-files.ts';
import { startLanes } from './start-lanes.ts';
import { StatisticsPen } from './statistics-pen.ts';
import { StatusPublisher } from './status-publisher.ts';
import { StoreStanding } from './store-standing.ts';
import { streamPorts, type Log } from './stream-ports.ts';
import { Timeline } from './timeline.ts';

/** How often what is so is told again, and what is over is forgotten. */
const BEAT_MS = 1_000;
/** How often this node says that it is there. */
const PRESENCE_MS = 3_000;
/** How often Postgres is asked whether a wish was missed. */
const RECONCILE_MS = 10_000;
const DRAIN_LOOK_MS = 50;
/** Of the time to drain: for those who have not been sent all when it is over. */
const GOODBYE_MS = 1_500;

/** The relay as one part of the application: put together at its start, drained at its end. */
@Injectable()
export class RelayService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #resources: RelayResources;
  readonly #settings: RelaySettings;
  readonly #nodeId: string;
  readonly #lanes: LanePool;
  readonly #budget: MemoryBudget;
  readonly #descriptors: DescriptorBudget;
  readonly #relay: Relay;
  readonly #lookouts: Lookouts;
  readonly #outboxes: Outboxes;
  readonly #guard: PushGuard;
  readonly #disk: DiskCache;
  readonly #keys: KeyCache;
  readonly #desired: DesiredStates;
  readonly #publisher: StatusPublisher;
  readonly #metrics: MetricsServer;
  readonly #delays: LoopDelays;
  readonly #certificates: CertificateWatch;
  readonly #nodeFigures: NodeFigures;
  readonly #startedAt = new Date();
  /** History has broadcasts of this node open that are over. */
  #hasOrphans = true;
  readonly #stops: (() => void)[] = [];
  #onListening: (lane: number, report: LaneReport) => void = () => undefined;
  #lanesLost = 0;
  #isListening = false;

  constructor(
    @Inject(RESOURCES) resources: RelayResources,
    @Inject(ConfigService) settings: RelaySettings,
  ) {
    this.#resources = resources;
    this.#settings = settings;
    this.#nodeId = settings.get('FORKCAST_NODE_ID', { infer: true });
    const { database, live, faults } = resources;
    this.#disk = new DiskCache({
      files: new SealedFiles({
        dataDirectory: settings.get('FORKCAST_DATA_DIR', { infer: true }),
        nodeId: this.#nodeId,
        master: resources.masterKey,
      }),
      clock: systemClock,
      timers: systemTimers,
      onTrouble: (what, error) => faults.report(what, faultOf(error)),
    });
    const standing = new StoreStanding(systemClock, systemTimers);
    const heard = { standing, keeper: this.#disk };
    this.#desired = new DesiredStates(database.system.desired, heard);
    this.#keys = new KeyCache(keyLookup(database), systemClock, heard);
    this.#guard = new PushGuard(live, this.#nodeId, systemClock, {
      standing: new StoreStanding(systemClock, systemTimers),
      keeper: this.#disk,
    });
    this.#outboxes = openOutboxes(database, systemTimers, (what, error) =>
      faults.report(what, faultOf(error)),
    );
    const { statistics } = this.#outboxes;
    const statisticsPen = new StatisticsPen({ record: (record) => statistics.add(record) });
    this.#publisher = new StatusPublisher(live, this.#guard, systemTimers, statisticsPen);
    this.#lanes = new LanePool(
      {
        onReport: (lane, report) => {
          this.#onListening(lane, report);
          this.#relay.onReport(lane, report);
        },
        onLaneLost: (...loss) => {
          this.#lanesLost += 1;
          this.#relay.onLaneLost(...loss);
        },
      },
      { clock: systemClock, timers: systemTimers },
    );
    this.#budget = new MemoryBudget(
      {
        mbytes: settings.get('RELAY_MEMORY_MBYTES', { infer: true }),
        lanes: settings.get('RELAY_LANES', { infer: true }),
      },
      (message, fields) => resources.logger.warn(fields, message),
    );
    const lanes = settings.get('RELAY_LANES', { infer: true });
    this.#descriptors = new DescriptorBudget({ limit: descriptorLimit(), lanes });
    const { relay, lookouts } = this.#putTogether();
    this.#relay = relay;
    this.#lookouts = lookouts;
    this.#certificates = certificateWatch(resources);
    this.#nodeFigures = this.#openFigures();
    const time = { clock: systemClock, timers: systemTimers };
    this.#delays = new LoopDelays({ ...time, lanes: this.#lanes });
    this.#metrics = new MetricsServer(
      () => this.#figures(),
      () => this.#delays.take(),
      () => this.#standing,
    );
  }

  async onApplicationBootstrap(): Promise<void> {
    const { queues, live, faults } = this.#resources;
    // First, so that one that waits for Postgres is seen to be alive.
    const metricsPort = this.#settings.get('METRICS_PORT', { infer: true });
    if (metricsPort !== 0) {
      await this.#metrics.listen(this.#settings.get('METRICS_HOST', { infer: true }), metricsPort);
    }
    await this.#recall();
    const schemaStands = this.#untilSchemaStands();
    // A relay that knows no stream is of no use before Postgres has spoken.
    if (this.#disk.isEmpty) await schemaStands;
    else schemaStands.catch((error: unknown) => faults.report('Postgres', faultOf(error)));
    await this.#startLanes();
    this.#isListening = true;
    await this.#lookouts.listen();
    queues.relayCommands.consume(this.#nodeId, (command) => this.#relay.onCommand(command));
    this.#every(BEAT_MS, () => {
      this.#relay.tidy();
      this.#lookouts.look(this.#relay.streams);
      this.#publisher.repeat(this.#relay.streams);
      this.#disk.noteAlive();
    });
    this.#every(RECONCILE_MS, () => {
      void this.#closeOrphans();
      this.#relay.reconcile().catch((error: unknown) => {
        faults.report('the wishes of owners could not be read', faultOf(error));
      });
    });
    const announce = (): void => {
      live.presence.announceNode(this.#presence()).catch(() => undefined);
    };
    announce();
    this.#every(PRESENCE_MS, announce);
  }

  /** Ends every broadcast cleanly, within a deadline, whatever the stores do. */
  async beforeApplicationShutdown(): Promise<void> {
    const { live } = this.#resources;
    for (const stop of this.#stops) stop();
    this.#relay.endAll();
    const drainMs = this.#settings.get('FORKCAST_DRAIN_SECONDS', { infer: true }) * 1_000;
    await this.#untilQuiet(Math.max(0, drainMs - GOODBYE_MS));
    this.#relay.cutAll();
    await this.#untilQuiet(Math.min(drainMs, GOODBYE_MS));
    this.#relay.tidy();
    // Redis answers in order: with this answer everything said before has been heard.
    const redisHeard = live.presence.withdrawNode(this.#nodeId).catch(() => undefined);
    const { history, statistics } = this.#outboxes;
    const words = [redisHeard, history.flush(), statistics.flush(), this.#disk.flush()];
    await Promise.race([Promise.all(words), wait(LAST_WORDS_MS)]);
    this.#metrics.close();
    this.#delays.close();
    this.#lookouts.close();
    await this.#lanes.close();
  }

  get #standing(): RelayStanding {
    if (this.#relay.isDraining) return 'draining';
    return this.#isListening ? 'ready' : 'starting';
  }

  async #untilQuiet(forMs: number): Promise<void> {
    const deadlineMs = systemClock.monotonicMs() + forMs;
    while (!this.#relay.isQuiet && systemClock.monotonicMs() < deadlineMs) {
      await wait(DRAIN_LOOK_MS);
    }
  }

  /** What the process before this one knew counts until the stores say otherwise. */
  async #recall(): Promise<void> {
    await this.#disk.load();
    this.#keys.recall(this.#disk.keys);
    this.#desired.recall(this.#disk.wishes);
  }

  async #untilSchemaStands(): Promise<void> {
    const { database, faults } = this.#resources;
    await untilSchemaStands(database, (reason) =>
      faults.report('waiting', new CodedError('DATABASE_UNAVAILABLE', reason)),
    );
    await this.#closeOrphans();
  }

  /** Tried again on a beat for as long as there are any. */
  async #closeOrphans(): Promise<void> {
    if (this.#disk.expireFormer()) this.#hasOrphans = true;
    if (!this.#hasOrphans) return;
    this.#hasOrphans = false;
    const { database, faults } = this.#resources;
    try {
      const goOn = this.#disk.broadcastIds;
      await database.system.history.closeOrphans(this.#nodeId, this.#startedAt, goOn);
    } catch (error) {
      this.#hasOrphans = true;
      faults.report('orphans were left open', faultOf(error));
    }
  }

  async #startLanes(): Promise<void> {
    const stopWatching = await startLanes(
      this.#lanes,
      this.#settings,
      (listener) => (this.#onListening = listener),
      {
        logger: this.#resources.logger,
        certificates: this.#certificates,
        descriptors: this.#descriptors,
      },
    );
    this.#stops.push(stopWatching, () => this.#certificates.stop());
  }

  #putTogether(): { readonly relay: Relay; readonly lookouts: Lookouts } {
    const { logger, masterKey } = this.#resources;
    const clock = systemClock;
    const timers = systemTimers;
    const nodeId = this.#nodeId;
    const log: Log = (level, message, fields) => logger[level](fields, message);
    const timeline = new Timeline(
      {
        record: (record) => this.#outboxes.history.add(record),
        announce: (event) => this.#publisher.announce(event),
        log: (level, message, fields) => logger[level](fields, message),
      },
      clock,
      nodeId,
    );
    const dialler = new Dialler(
      this.#lanes,
      (destination) => openKey(masterKey, destination.id, destination.sealedKey),
      (destinationId, reason) =>
        log('warn', 'a stream key is unreadable', { destinationId, reason }),
    );
    const onChanged = (stream: LiveStream): void => this.#publisher.changed(stream);
    const settings = this.#settings;
    const around = { clock, timers, settings, masterKey, dialler, timeline };
    const budget = this.#budget;
    const lookouts = new Lookouts({ ...around, budget, relay: () => this.#relay, onChanged });
    const desk = new IngestDesk(this.#lanes, timers);
    const guard = this.#guard;
    const keys = this.#keys;
    const desired = this.#desired;
    const door = doorkeepers(this.#resources, settings, this.#disk);
    const relay = new Relay({
      clock,
      lanes: this.#lanes,
      desk,
      dialler,
      gate: new IngestGate({ keys, desired, ownership: guard, nodeId, ...door }),
      desired,
      budget: this.#budget,
      descriptors: this.#descriptors,
      streams: streamPorts({
        clock,
        timers,
        random: systemRandom,
        gate: new GateKeeper(clock, timers),
        quota: new OutQuota(),
        guard,
        disk: this.#disk,
        desk,
        slates: openSlateDesk(this.#resources, this.#settings),
        dialler,
        budget: this.#budget,
        timeline,
        onChanged,
        log,
      }),
      onOver: (stream) => this.#publisher.over(stream),
      log,
    });
    return { relay, lookouts };
  }

  #openFigures(): NodeFigures {
    return new NodeFigures({
      clock: systemClock,
      lanes: this.#lanes,
      relay: this.#relay,
      budget: this.#budget,
      certificates: this.#certificates,
      uplinkKbps: this.#settings.get('RELAY_UPLINK_KBPS', { infer: true }) ?? null,
      usedBytes: () => process.memoryUsage.rss(),
    });
  }

  #presence(): NodePresence {
    return {
      nodeId: this.#nodeId,
      startedAt: this.#startedAt.toISOString(),
      lanes: this.#lanes.size,
      streams: this.#relay.streams.length,
      previewUrl: this.#lookouts.previewUrl,
      ...this.#nodeFigures.read(),
    };
  }

  #figures(): RelayFigures {
    const { streams, memoryClaims } = this.#relay;
    const { history, statistics } = this.#outboxes;
    const pushesByState = new Map<string, number>();
    for (const push of streams.flatMap((stream) => stream.pushes.runners)) {
      pushesByState.set(push.phase, (pushesByState.get(push.phase) ?? 0) + 1);
    }
    return {
      streamsLive: streams.filter((stream) => stream.standing === 'live').length,
      streamsInGrace: streams.filter((stream) => stream.standing === 'grace').length,
      pushesByState,
      historyWaiting: history.waiting,
      historyDropped: history.dropped,
      statisticsWaiting: statistics.waiting,
      statisticsDropped: statistics.dropped,
      lanesLost: this.#lanesLost,
      bytesOut: this.#relay.bytesOut,
      ringBytes: memoryClaims.reduce((sum, { ring }) => sum + (ring?.bytes ?? 0), 0),
      memoryBudgetBytes: this.#budget.budgetBytes,
      memoryLeftBytes: this.#budget.leftBytes(memoryClaims),
      certificateExpiresAtMs: this.#certificates.expiresAtMs,
    };
  }

  #every(intervalMs: number, task: () => void): void {
    const timer = setInterval(task, intervalMs);
    this.#stops.push(() => clearInterval(timer));
  }
}

function keyLookup({ system }: RelayResources['database']): KeyLookup {
  return async (keyHash) => {
    const found = await system.ingestKeys.findByHash(keyHash);
    return found !== undefined && equalHashes(found.keyHash, keyHash) ? found : undefined;
  };
}
