import type { DesiredStream, RelayCommand } from '#contracts';
import { sentenceOf, unreachable, type Clock } from '#kernel';
import type { LaneReport, PublishRequest } from '#lanes';
import { Quarantine } from '#relay-core';
import type { Broadcast } from './broadcast.ts';
import type { DescriptorBudget } from './descriptor-budget.ts';
import type { DesiredStates } from './desired-states.ts';
import type { Dialler } from './dialler.ts';
import type { IngestDesk } from './ingest-desk.ts';
import type { Admitted, IngestGate, Refusal } from './ingest-gate.ts';
import type { Lanes } from './lanes-port.ts';
import { LiveStream } from './live-stream.ts';
import type { StreamPorts } from './live-stream-ports.ts';
import type { MemoryBudget, MemoryClaim } from './memory-budget.ts';
import { RefusedPublishes } from './refused-publishes.ts';
import type { Log } from './stream-ports.ts';

export interface RelayPorts {
  readonly clock: Clock;
  readonly lanes: Lanes;
  readonly desk: IngestDesk;
  readonly dialler: Dialler;
  readonly gate: IngestGate;
  readonly desired: DesiredStates;
  readonly budget: MemoryBudget;
  readonly descriptors: Pick<DescriptorBudget, 'refusal'>;
  readonly streams: StreamPorts<LiveStream>;
  /** The relay has let go of the stream. */
  onOver(stream: LiveStream): void;
  readonly log: Log;
}

type SourceReport = Extract<LaneReport, { readonly kind: `${'ingest' | 'hold'}-${string}` }>;

/** How long a destination may take to hear that the stream is over. */
const GOODBYE_MS = 5_000;
/** And when the relay is about to end. */
const LAST_GOODBYE_MS = 1_000;

const DRAINING: Refusal = {
  admitted: false,
  code: 'NetStream.Publish.BadName',
  description: 'This relay is shutting down. Try again.',
  cause: 'draining',
};

const QUARANTINED: Refusal = {
  admitted: false,
  code: 'NetStream.Publish.Denied',
  description: 'What this encoder sends makes the relay fail. Try again in five minutes.',
  cause: 'its stream has ended lanes',
};

/** All streams that are live on this node, and what lanes and commands say about them. */
export class Relay {
  /** Whom it sent away. */
  readonly refused: RefusedPublishes;
  readonly #ports: RelayPorts;
  readonly #streams = new Map<string, LiveStream>();
  readonly #quarantine = new Quarantine();
  #bytesOutGone = 0;
  #draining = false;

  constructor(ports: RelayPorts) {
    this.#ports = ports;
    this.refused = new RefusedPublishes(ports.clock);
  }

  get streams(): readonly LiveStream[] {
    return [...this.#streams.values()];
  }

  /** Media bytes that sockets to destinations have taken since the start. */
  get bytesOut(): number {
    return this.streams.reduce((sum, { pushes }) => sum + pushes.bytesTotal, this.#bytesOutGone);
  }

  /** What each stream that is live, or about to be, counts for in this node's memory. */
  get memoryClaims(): readonly MemoryClaim[] {
    const { dialler } = this.#ports;
    return this.streams.flatMap(({ streamId, memoryClaim: claim }) =>
      claim === undefined
        ? []
        : [{ ...claim, tests: (claim.tests ?? 0) + dialler.previewsOf(streamId) }],
    );
  }

  /** What attempts of that stream can be fed from now; undefined where nothing is written. */
  mediaOf(streamId: string): Broadcast | undefined {
    return this.#streams.get(streamId)?.media;
  }

  /** It lets no new encoder in. */
  get isDraining(): boolean {
    return this.#draining;
  }

  /** What a lane has to do now. */
  workOf(lane: number): { readonly ingests: number; readonly pushes: number } {
    const ingests = this.streams.flatMap((stream) => stream.ingests);
    return {
      ingests: ingests.filter((one) => one.lane === lane).length,
      pushes: this.#ports.dialler.pushesIn(lane),
    };
  }

  /** Its broadcast goes on, also where nobody writes at the moment. */
  isOn(streamId: string): boolean {
    return (this.#streams.get(streamId)?.standing ?? 'offline') !== 'offline';
  }

  onReport(lane: number, report: LaneReport): void {
    const { desk, dialler, log } = this.#ports;
    switch (report.kind) {
      case 'publish-requested':
        desk.arrived(lane, report.request);
        void this.#publishRequested(lane, report.request);
        return;
      case 'ingest-joinable':
      case 'ingest-ready':
      case 'ingest-frozen':
      case 'ingest-yielded':
      case 'ingest-writing':
      case 'ingest-ended':
      case 'ingest-silence':
      case 'ingest-figures':
      case 'hold-standing':
      case 'hold-ended':
        this.#onSourceReport(report);
        return;
      case 'attempt-reached':
        dialler.listenerOf(report.attemptId)?.onReached(report.stage);
        return;
      case 'attempt-degraded':
        dialler.listenerOf(report.attemptId)?.onDegraded(report.degraded);
        return;
      case 'attempt-ended':
        dialler.ended(report.attemptId, report.failure, report.reachedMs);
        return;
      case 'attempt-figures':
        for (const figures of report.figures) {
          dialler.listenerOf(figures.attemptId)?.onFigures(figures);
        }
        return;
      case 'log':
        log(report.level, report.message, { lane, ...report.fields });
        return;
      case 'sink-media':
        dialler.previews.onMedia(report.attemptId, report.isStart, report.bytes);
        return;
      case 'listening':
        return;
      case 'stood-still':
        void this.#stoodStill(lane, report.forMs);
        return;
      case 'listen-failed':
        log('warn', 'a lane cannot listen', { lane, port: report.port, cause: report.code });
        return;
      default:
        return unreachable(report);
    }
  }

  /** `ingestId`: whose bytes the lane had at hand, if it had any. */
  onLaneLost(lane: number, detail: string, ingestId?: string): void {
    this.#ports.log('warn', 'a lane died and is started again', { lane, detail });
    const killer = this.streams.find(({ ingests }) =>
      ingests.some(({ request }) => request.ingestId === ingestId),
    );
    const nowMs = this.#ports.clock.monotonicMs();
    const isLast = killer !== undefined && this.#quarantine.died(killer.streamId, nowMs);
    const reason = isLast ? 'quarantined' : 'deadly';
    // Encoders first: a push that dials anew must not take a stream for live that has lost its own.
    this.#ports.desk.laneLost(lane, (one) => (one === ingestId ? reason : 'failed'));
    this.#ports.dialler.laneLost(lane);
  }

  async onCommand(command: RelayCommand): Promise<void> {
    // Of a stream that is not live here a key may be remembered all the same.
    if (command.kind === 'checkKeys') await this.#ports.gate.recheck(command.streamId);
    const stream = this.#streams.get(command.streamId);
    if (stream === undefined) return;
    switch (command.kind) {
      case 'reconcile': {
        const desired = await this.#ports.desired.load(command.streamId);
        if (desired !== undefined) stream.applyDesired(desired);
        return;
      }
      case 'endBroadcast':
        stream.endNow();
        if (command.cut === true) stream.cut(GOODBYE_MS);
        return;
      case 'retryPush':
        stream.pushes.of(command.destinationId)?.step({ kind: 'retry-now' });
        return;
      case 'switchInput':
        stream.switchInput(command.to);
        return;
      case 'cutPush':
        stream.pushes.of(command.destinationId)?.step({ kind: 'cut' });
        return;
      case 'checkKeys':
        await this.#checkKey(stream);
        return;
      default:
        return unreachable(command);
    }
  }

  /**
   * What Postgres says always wins, also over a command that was lost: wishes, and whether the key
   * of each encoder still opens its stream. Rejects when Postgres cannot be asked.
   */
  async reconcile(): Promise<void> {
    const ids = [...this.#streams.keys()];
    if (ids.length === 0) return;
    for (const desired of await this.#ports.desired.loadMany(ids)) {
      this.#streams.get(desired.streamId)?.applyDesired(desired);
    }
    await Promise.all(this.streams.map((stream) => this.#checkKey(stream)));
  }

  /**
   * Forgets what is over, ends encoders whose key's time is over, and lets rings grow with what is
   * left. Called on a beat.
   */
  tidy(): void {
    const { gate, desk } = this.#ports;
    for (const [streamId, stream] of this.#streams) {
      stream.prune();
      for (const { request } of stream.ingests) {
        if (gate.hasExpired(request)) desk.cut(request.ingestId, 'key-revoked');
      }
      if (!stream.isOver) continue;
      this.#bytesOutGone += stream.pushes.bytesTotal;
      this.#streams.delete(streamId);
      this.#ports.onOver(stream);
    }
    this.#ports.budget.shareOut(this.memoryClaims);
  }

  /** No new encoder is let in; every broadcast ends cleanly. */
  endAll(): void {
    this.#draining = true;
    this.#ports.lanes.broadcast({ kind: 'stop-listening' });
    for (const stream of this.#streams.values()) stream.endNow('draining');
  }

  /** What is being played out is not played out any more. */
  cutAll(): void {
    for (const stream of this.#streams.values()) stream.cut(LAST_GOODBYE_MS);
  }

  get isQuiet(): boolean {
    return this.streams.every((stream) => stream.isOver);
  }

  /** Of whoever writes to a ring, or may. */
  #onSourceReport(report: SourceReport): void {
    const { desk } = this.#ports;
    switch (report.kind) {
      case 'ingest-joinable':
        desk.listenerOf(report.ingestId)?.onJoinable(report.ingestId);
        return;
      case 'ingest-ended':
        desk.gone(report.ingestId, report.reason);
        return;
      case 'ingest-ready':
        desk.listenerOf(report.ingestId)?.onIngestReady(report.ingestId);
        return;
      case 'ingest-frozen':
        desk.listenerOf(report.ingestId)?.onIngestFrozen(report.ingestId);
        return;
      case 'ingest-yielded':
        desk.listenerOf(report.ingestId)?.onIngestYielded(report.ingestId);
        return;
      case 'ingest-writing': {
        const { ingestId, continuity, detail } = report;
        desk.listenerOf(ingestId)?.onIngestWriting(ingestId, continuity, detail);
        return;
      }
      case 'hold-standing':
        desk.holds.standing(report.holdId, report);
        return;
      case 'hold-ended':
        desk.holds.ended(report.holdId);
        return;
      case 'ingest-silence':
        desk.probed(report.probeId, report.silentMs);
        return;
      case 'ingest-figures':
        desk.listenerOf(report.ingestId)?.onIngestMeasure(report.ingestId, report.figures);
        return;
      default:
        return unreachable(report);
    }
  }

  /** Other nodes had time to take streams over; what is still ours goes on. */
  async #stoodStill(lane: number, forMs: number): Promise<void> {
    const { gate, lanes, log } = this.#ports;
    log('warn', 'this process stood still', { lane, forMs: Math.round(forMs) });
    const look = async (stream: LiveStream): Promise<void> => {
      const owner = await gate.ownerElsewhere(stream.streamId);
      if (owner !== undefined) stream.stepBack(owner);
    };
    await Promise.all(this.streams.map(look));
    lanes.send(lane, { kind: 'go-on' });
  }

  async #publishRequested(lane: number, request: PublishRequest): Promise<void> {
    const { gate, log } = this.#ports;
    try {
      const admission = await gate.admit(request);
      if (!admission.admitted) this.#refuse(request, admission);
      else await this.#letIn(lane, request, admission);
    } catch (error) {
      const { remoteAddress } = request;
      log('warn', 'a publish could not be judged', { remoteAddress, cause: sentenceOf(error) });
      const description = 'The relay failed. Try again.';
      this.#ports.desk.reject(request.ingestId, 'NetStream.Publish.BadName', description);
    }
  }

  async #letIn(lane: number, request: PublishRequest, { desired, role }: Admitted): Promise<void> {
    const { clock, desk } = this.#ports;
    if (this.#quarantine.isRefused(desired.streamId, clock.monotonicMs())) {
      this.#refuse(request, QUARANTINED);
      return;
    }
    const before = this.#streamFor(desired);
    before.applyDesired(desired);
    const present = before.holderOf(role);
    const silentMs = present === undefined ? 0 : await desk.silenceOf(present.request.ingestId);
    if (this.#draining) {
      this.#refuse(request, DRAINING);
      return;
    }
    if (!desk.isHere(request.ingestId)) return;
    // Meanwhile the stream may have ended and been forgotten, or its encoder changed.
    const stream = this.#streamFor(desired);
    const { wouldBegin, wantedDestinations } = stream;
    const refusal = wouldBegin ? this.#roomRefusal(wantedDestinations) : undefined;
    if (refusal !== undefined) {
      this.#refuse(request, refusal);
      return;
    }
    const { kbpsMax } = desired.ingest;
    const asking = { role, lane, request, acceptedAtMs: clock.wallMs(), kbpsMax };
    stream.requestPublish(asking, stream.holderOf(role) === present ? silentMs : 0);
  }

  #roomRefusal(destinations: number): Refusal | undefined {
    const { budget, descriptors } = this.#ports;
    const claims = this.memoryClaims;
    return budget.refusal(claims, destinations) ?? descriptors.refusal(claims, destinations);
  }

  #refuse(request: PublishRequest, refusal: Refusal): void {
    const { ingestId, remoteAddress, encoder } = request;
    const { code, description, cause, reason = 'refused', delayMs, blockMs = 0 } = refusal;
    const { desk, lanes, log } = this.#ports;
    log('warn', 'a publish was refused', { remoteAddress, encoder, cause });
    desk.reject(ingestId, code, description, delayMs);
    this.refused.note(remoteAddress, reason);
    if (blockMs === 0) return;
    log('warn', 'an address is blocked for a while', { remoteAddress, blockMs });
    lanes.broadcast({ kind: 'block-address', address: remoteAddress, forMs: blockMs });
  }

  #streamFor(desired: DesiredStream): LiveStream {
    const known = this.#streams.get(desired.streamId);
    if (known !== undefined) return known;
    const stream = new LiveStream(desired, this.#ports.streams);
    this.#streams.set(desired.streamId, stream);
    return stream;
  }

  async #checkKey(stream: LiveStream): Promise<void> {
    for (const { request } of stream.ingests) {
      const reason = await this.#ports.gate.whyInvalid(request, stream.streamId);
      // The stream hears of it from the lane, as of any other end.
      if (reason !== undefined) this.#ports.desk.cut(request.ingestId, reason);
    }
  }
}
