import type { DesiredStream, RelayCommand } from '#contracts';
import { unreachable, type Clock, type Random, type Timers } from '#kernel';
import type { LanePool, LaneReport, PublishRequest } from '#lanes';
import type { Dialler } from './dialler.ts';
import { GateKeeper } from './gate-keeper.ts';
import type { IngestDesk } from './ingest-desk.ts';
import type { IngestGate } from './ingest-gate.ts';
import { ingestStatus } from './ingest-status.ts';
import { LiveStream, type CurrentIngest, type StreamPorts } from './live-stream.ts';
import type { PushGuard } from './push-guard.ts';
import type { PushPorts, PushRunner } from './push-runner.ts';
import type { Timeline } from './timeline.ts';

export interface RelayPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly gate: IngestGate;
  readonly guard: PushGuard;
  readonly timeline: Timeline;
  loadDesired(streamId: string): Promise<DesiredStream | undefined>;
  loadDesiredOf(streamIds: readonly string[]): Promise<readonly DesiredStream[]>;
  /** The stream's status is not what it was: tell it soon. */
  onChanged(stream: LiveStream): void;
  /** The relay has let go of the stream. */
  onOver(stream: LiveStream): void;
  log(level: 'info' | 'warn', message: string, fields: Readonly<Record<string, unknown>>): void;
}

/** All streams that are live on this node, and what lanes and commands say about them. */
export class Relay {
  readonly #ports: RelayPorts;
  readonly #lanes: LanePool;
  readonly #desk: IngestDesk;
  readonly #dialler: Dialler;
  readonly #gateKeeper: GateKeeper;
  readonly #streams = new Map<string, LiveStream>();
  #bytesOutGone = 0;

  constructor(ports: RelayPorts, lanes: LanePool, desk: IngestDesk, dialler: Dialler) {
    this.#ports = ports;
    this.#lanes = lanes;
    this.#desk = desk;
    this.#dialler = dialler;
    this.#gateKeeper = new GateKeeper(ports.clock, ports.timers);
  }

  get streams(): readonly LiveStream[] {
    return [...this.#streams.values()];
  }

  /** Media bytes that sockets to destinations have taken since the start. */
  get bytesOut(): number {
    let total = this.#bytesOutGone;
    for (const stream of this.#streams.values()) {
      for (const push of stream.pushes) total += push.bytesTotal;
    }
    return total;
  }

  onReport(lane: number, report: LaneReport): void {
    switch (report.kind) {
      case 'publish-requested':
        this.#desk.arrived(lane, report.request);
        void this.#publishRequested(lane, report.request);
        return;
      case 'ingest-joinable':
        this.#desk.streamOf(report.ingestId)?.onJoinable(report.ingestId);
        return;
      case 'ingest-ended':
        this.#desk.gone(report.ingestId, report.reason);
        return;
      case 'ingest-silence':
        this.#desk.probed(report.probeId, report.silentMs);
        return;
      case 'ingest-figures': {
        const stream = this.#desk.streamOf(report.ingestId);
        const ingest = stream?.ingest;
        if (stream !== undefined && ingest !== undefined) {
          stream.onIngestStatus(report.ingestId, ingestStatus(ingest, report.figures));
        }
        return;
      }
      case 'attempt-reached':
        this.#dialler.pushOf(report.attemptId)?.onReached(report.stage);
        return;
      case 'attempt-degraded':
        this.#dialler.pushOf(report.attemptId)?.onDegraded(report.degraded);
        return;
      case 'attempt-ended':
        this.#dialler.ended(
          report.attemptId,
          report.failure?.code ?? null,
          report.failure?.detail ?? '',
        );
        return;
      case 'attempt-figures':
        for (const figures of report.figures) {
          this.#dialler.pushOf(figures.attemptId)?.onFigures(figures);
        }
        return;
      case 'log':
        this.#ports.log(report.level, report.message, { lane, ...report.fields });
        return;
      case 'listening':
      case 'listen-failed':
        return;
      default:
        return unreachable(report);
    }
  }

  onLaneLost(lane: number, detail: string): void {
    this.#ports.log('warn', 'a lane died and is started again', { lane, detail });
    this.#dialler.laneLost(lane);
    this.#desk.laneLost(lane);
  }

  async onCommand(command: RelayCommand): Promise<void> {
    const stream = this.#streams.get(command.streamId);
    if (stream === undefined) return;
    switch (command.kind) {
      case 'reconcile': {
        const desired = await this.#ports.loadDesired(command.streamId);
        if (desired !== undefined) stream.applyDesired(desired);
        return;
      }
      case 'endBroadcast':
        stream.endNow();
        return;
      case 'retryPush':
        stream.pushes
          .find((push) => push.destination.id === command.destinationId)
          ?.step({ kind: 'retry-now' });
        return;
      default:
        return unreachable(command);
    }
  }

  /** What Postgres says always wins, also over a command that was lost. */
  async reconcile(): Promise<void> {
    const ids = [...this.#streams.keys()];
    if (ids.length === 0) return;
    for (const desired of await this.#ports.loadDesiredOf(ids)) {
      this.#streams.get(desired.streamId)?.applyDesired(desired);
    }
  }

  /** Forgets what is over. Called on a beat. */
  tidy(): void {
    for (const [streamId, stream] of this.#streams) {
      stream.prune();
      if (!stream.isOver) continue;
      for (const push of stream.pushes) this.#bytesOutGone += push.bytesTotal;
      this.#streams.delete(streamId);
      this.#ports.onOver(stream);
    }
  }

  /** No new encoder is let in; every broadcast ends cleanly. */
  endAll(): void {
    this.#lanes.broadcast({ kind: 'stop-listening' });
    for (const stream of this.#streams.values()) stream.endNow();
  }

  get isQuiet(): boolean {
    return this.streams.every((stream) => stream.isOver);
  }

  async #publishRequested(lane: number, request: PublishRequest): Promise<void> {
    const { clock, gate, log } = this.#ports;
    const admission = await gate.admit(request.keyHash);
    if (!admission.admitted) {
      log('warn', 'a publish was refused', {
        remoteAddress: request.remoteAddress,
        encoder: request.encoder,
        cause: admission.cause,
      });
      this.#desk.reject(request.ingestId, admission.code, admission.description);
      return;
    }
    const stream = this.#streamFor(admission.desired);
    const present = stream.ingest;
    const silentMs =
      present === undefined ? 0 : await this.#desk.silenceOf(present.request.ingestId);
    if (!this.#desk.isHere(request.ingestId)) return;
    stream.requestPublish({ lane, request, acceptedAtMs: clock.wallMs() }, silentMs);
  }

  #streamFor(desired: DesiredStream): LiveStream {
    const known = this.#streams.get(desired.streamId);
    if (known !== undefined) {
      known.applyDesired(desired);
      return known;
    }
    const stream = new LiveStream(desired, this.#streamPorts());
    this.#streams.set(desired.streamId, stream);
    return stream;
  }

  #streamPorts(): StreamPorts {
    const { clock, timers, guard, timeline, log } = this.#ports;
    return {
      clock,
      timers,
      pushPorts: (stream) => this.#pushPorts(stream),
      recall: (destinationId) => guard.recall(destinationId),
      acceptIngest: (ingest, stream, ring) => this.#desk.accept(ingest, stream, ring),
      refuseIngest: (ingest: CurrentIngest) => {
        log('warn', 'a second encoder was refused', {
          remoteAddress: ingest.request.remoteAddress,
          encoder: ingest.request.encoder,
        });
        this.#desk.reject(
          ingest.request.ingestId,
          'NetStream.Publish.BadName',
          'Another encoder is publishing with this stream key.',
        );
      },
      cutIngest: (ingest, reason) => this.#desk.cut(ingest.request.ingestId, reason),
      onChanged: (stream) => this.#ports.onChanged(stream),
      onBroadcastStarted: (broadcast, ingest) => timeline.broadcastStarted(broadcast, ingest),
      onBroadcastEnded: (broadcast, reason) => timeline.broadcastEnded(broadcast, reason),
      onEncoderLost: (broadcast, reason, graceMs) =>
        timeline.encoderLost(broadcast, reason, graceMs),
      onEncoderReturned: (broadcast, tookOver) => timeline.encoderReturned(broadcast, tookOver),
      onFault: (stream, error) =>
        log('warn', 'a stream’s effect failed', { streamId: stream.streamId, error }),
    };
  }

  #pushPorts(stream: LiveStream): PushPorts {
    const { clock, timers, random, guard, timeline } = this.#ports;
    const during = (tell: (broadcast: NonNullable<LiveStream['broadcast']>) => void): void => {
      const broadcast = stream.broadcast ?? stream.lastBroadcast;
      if (broadcast !== undefined) tell(broadcast);
    };
    return {
      clock,
      timers,
      random,
      guard,
      gate: this.#gateKeeper,
      streamId: stream.streamId,
      hasMedia: () => stream.hasMedia,
      dial: (order, push: PushRunner) => {
        const { broadcast } = stream;
        return broadcast === undefined ? 'INTERNAL' : this.#dialler.dial(order, broadcast, push);
      },
      endAttempt: (attemptId, mode) => this.#dialler.end(attemptId, mode),
      onChanged: () => this.#ports.onChanged(stream),
      onAttemptStarted: (push, attempt) =>
        during((broadcast) => timeline.attemptStarted(broadcast, push, attempt)),
      onAttemptEnded: (push, attempt, end) =>
        during((broadcast) => timeline.attemptEnded(broadcast, push, attempt, end)),
      onPhase: (push, state) => during((broadcast) => timeline.pushPhase(broadcast, push, state)),
    };
  }
}
