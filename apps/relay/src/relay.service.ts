import { setTimeout as wait } from 'node:timers/promises';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { sentenceOf, systemClock, systemRandom, systemTimers } from '#kernel';
import { LanePool, type LaneReport } from '#lanes';
import { parseCidrList } from '#net';
import type { HistoryRecord } from '#persistence';
import { equalHashes, openKey } from '#vault';
import { certificateFiles, readPair, watchPair } from './certificate.ts';
import { Dialler } from './dialler.ts';
import { IngestDesk } from './ingest-desk.ts';
import { IngestGate } from './ingest-gate.ts';
import { KeyCache } from './key-cache.ts';
import { untilListening } from './listening.ts';
import { MetricsServer, type RelayFigures } from './metrics.ts';
import { Outbox } from './outbox.ts';
import { PushGuard } from './push-guard.ts';
import { Relay } from './relay.ts';
import { RelayResources } from './resources.ts';
import { StatusPublisher } from './status-publisher.ts';
import { Timeline } from './timeline.ts';

/** How often what is so is told again, and what is over is forgotten. */
const BEAT_MS = 1_000;
/** How often this node says that it is there. */
const PRESENCE_MS = 3_000;
/** How often Postgres is asked whether a wish was missed. */
const RECONCILE_MS = 10_000;
/** How long an orderly end waits for destinations to take our goodbye. */
const DRAIN_MS = 5_000;
const DRAIN_LOOK_MS = 50;

/** The relay as one part of the application: put together at its start, drained at its end. */
@Injectable()
export class RelayService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #resources: RelayResources;
  readonly #lanes: LanePool;
  readonly #relay: Relay;
  readonly #outbox: Outbox<HistoryRecord>;
  readonly #publisher: StatusPublisher;
  readonly #metrics: MetricsServer;
  readonly #startedAt = new Date().toISOString();
  readonly #stops: (() => void)[] = [];
  #onListening: (lane: number, report: LaneReport) => void = () => undefined;
  #lanesLost = 0;

  constructor(resources: RelayResources) {
    this.#resources = resources;
    const { environment, database, live, logger } = resources;
    const nodeId = environment.FORKCAST_NODE_ID;
    this.#publisher = new StatusPublisher(live, systemTimers, nodeId);
    this.#outbox = new Outbox<HistoryRecord>(
      (batch) => database.history.write(batch),
      systemTimers,
      (error, waiting, dropped) =>
        logger.warn({ cause: sentenceOf(error), waiting, dropped }, 'history is waiting'),
    );
    this.#lanes = new LanePool(
      {
        onReport: (lane, report) => {
          this.#onListening(lane, report);
          this.#relay.onReport(lane, report);
        },
        onLaneLost: (lane, detail) => {
          this.#lanesLost += 1;
          this.#relay.onLaneLost(lane, detail);
        },
      },
      { clock: systemClock, timers: systemTimers },
    );
    this.#relay = this.#putTogether();
    this.#metrics = new MetricsServer(() => this.#figures());
  }

  async onApplicationBootstrap(): Promise<void> {
    const { environment, database, queues, live, logger } = this.#resources;
    const nodeId = environment.FORKCAST_NODE_ID;
    await database.history.closeOrphans(nodeId, new Date());
    await this.#startLanes();
    if (environment.METRICS_PORT !== 0) {
      await this.#metrics.listen(environment.METRICS_HOST, environment.METRICS_PORT);
    }
    queues.relayCommands.consume(nodeId, (command) => this.#relay.onCommand(command));
    this.#every(BEAT_MS, () => {
      this.#relay.tidy();
      this.#publisher.repeat(this.#relay.streams);
    });
    this.#every(RECONCILE_MS, () => {
      this.#relay.reconcile().catch((error: unknown) => {
        logger.warn({ cause: sentenceOf(error) }, 'the wishes of owners could not be read');
      });
    });
    const announce = (): void => {
      const { startedAt, lanes, streams } = this.#presence();
      live.presence.announceNode({ nodeId, startedAt, lanes, streams }).catch(() => undefined);
    };
    announce();
    this.#every(PRESENCE_MS, announce);
  }

  /** Ends every broadcast cleanly, within a deadline, whatever the stores do. */
  async beforeApplicationShutdown(): Promise<void> {
    const { live, environment } = this.#resources;
    for (const stop of this.#stops) stop();
    this.#relay.endAll();
    const deadline = systemClock.monotonicMs() + DRAIN_MS;
    while (!this.#relay.isQuiet && systemClock.monotonicMs() < deadline) await wait(DRAIN_LOOK_MS);
    this.#relay.tidy();
    live.presence.withdrawNode(environment.FORKCAST_NODE_ID).catch(() => undefined);
    await Promise.race([this.#outbox.flush(), wait(BEAT_MS)]);
    this.#metrics.close();
    await this.#lanes.close();
  }

  async #startLanes(): Promise<void> {
    const { environment, logger } = this.#resources;
    const files = await certificateFiles({
      certificateFile: environment.TLS_CERT_FILE,
      keyFile: environment.TLS_KEY_FILE,
      dataDirectory: environment.FORKCAST_DATA_DIR,
    });
    const settings = {
      bindHost: environment.BIND_HOST,
      rtmpPort: environment.RTMP_PORT,
      rtmpsPort: environment.RTMPS_PORT,
      certificate: await readPair(files),
      allowedPrivateCidrs: parseCidrList(environment.ALLOW_PRIVATE_DESTINATIONS),
    };
    await untilListening(settings, environment.RELAY_LANES, (onReport) => {
      this.#onListening = onReport;
      this.#lanes.start(settings, environment.RELAY_LANES);
    });
    this.#stops.push(
      watchPair(
        files,
        (certificate) => {
          this.#lanes.useCertificate(certificate);
          logger.info('the TLS certificate was replaced');
        },
        (reason) => logger.warn({ reason }, 'the new TLS certificate is not used'),
      ),
    );
  }

  #putTogether(): Relay {
    const { environment, database, live, logger, masterKey } = this.#resources;
    const nodeId = environment.FORKCAST_NODE_ID;
    const keys = new KeyCache(async (keyHash) => {
      const found = await database.ingestKeys.findByHash(keyHash);
      return found !== undefined && equalHashes(found.keyHash, keyHash) ? found : undefined;
    }, systemClock);
    const loadDesired = (streamId: string) => database.desired.load(streamId);
    const timeline = new Timeline(
      {
        record: (record) => this.#outbox.add(record),
        announce: (event) => this.#publisher.announce(event),
        log: (message, fields) => logger.info(fields, message),
      },
      systemClock,
      nodeId,
    );
    const dialler = new Dialler(
      this.#lanes,
      (destination) => openKey(masterKey, destination.id, destination.sealedKey),
      (destinationId, reason) =>
        logger.warn({ destinationId, reason }, 'a stream key is unreadable'),
    );
    return new Relay(
      {
        clock: systemClock,
        timers: systemTimers,
        random: systemRandom,
        gate: new IngestGate({ keys, live, nodeId, loadDesired }),
        guard: new PushGuard(live, nodeId),
        timeline,
        loadDesired,
        loadDesiredOf: (streamIds) => database.desired.loadMany(streamIds),
        onChanged: (stream) => this.#publisher.changed(stream),
        onOver: (stream) => this.#publisher.over(stream),
        log: (level, message, fields) => logger[level](fields, message),
      },
      this.#lanes,
      new IngestDesk(this.#lanes, systemTimers),
      dialler,
    );
  }

  #presence(): { startedAt: string; lanes: number; streams: number } {
    return {
      startedAt: this.#startedAt,
      lanes: this.#lanes.size,
      streams: this.#relay.streams.length,
    };
  }

  #figures(): RelayFigures {
    const { streams } = this.#relay;
    const pushesByState = new Map<string, number>();
    for (const push of streams.flatMap((stream) => stream.pushes)) {
      pushesByState.set(push.phase, (pushesByState.get(push.phase) ?? 0) + 1);
    }
    return {
      streamsLive: streams.filter((stream) => stream.phase === 'live').length,
      streamsInGrace: streams.filter((stream) => stream.phase === 'grace').length,
      pushesByState,
      historyWaiting: this.#outbox.waiting,
      historyDropped: this.#outbox.dropped,
      lanesLost: this.#lanesLost,
      bytesOut: this.#relay.bytesOut,
    };
  }

  #every(intervalMs: number, task: () => void): void {
    const timer = setInterval(task, intervalMs);
    this.#stops.push(() => clearInterval(timer));
  }
}
