import type { DesiredStream, LiveWarning, StreamStatus } from '#contracts';
import type { Cancel } from '#kernel';
import type { Continuity, IngestEndReason, PublishGrant } from '#lanes';
import type { IngestMeasure } from '#media';
import {
  hasSpareInput,
  newBroadcast,
  stepBroadcast,
  type BroadcastEffect,
  type BroadcastEvent,
  type BroadcastSettings,
  type BroadcastState,
  type InputRole,
  type PenTarget,
} from '#relay-core';
import { RingWriter, type RingGauge } from '#ring';
import type { Broadcast, BroadcastEnd, CurrentIngest, OrderedEnd } from './broadcast.ts';
import { startRun, type BroadcastRun } from './broadcast-run.ts';
import { longestDelayMs, windowMsFor } from './delay-limit.ts';
import type { IngestListener } from './ingest-desk.ts';
import type { Circumstances, StreamPorts } from './live-stream-ports.ts';
import type { MemoryClaim } from './memory-budget.ts';
import { wantedTests } from './dialler.ts';
import { PushSet } from './push-set.ts';
import { StreamInputs } from './stream-inputs.ts';
import { longestDelaySeconds, streamStatus, withWarnings } from './stream-status.ts';
import { WorkQueue } from './work-queue.ts';

/** One stream while it is live: its broadcast, the encoders that feed it, the pushes it feeds. */
export class LiveStream implements IngestListener {
  readonly streamId: string;
  readonly pushes: PushSet;
  /** What the checks have found, as of their last look. */
  warnings: readonly LiveWarning[] = [];
  readonly #ports: StreamPorts<LiveStream>;
  readonly #inputs = new StreamInputs();
  #desired: DesiredStream;
  /** May be ahead of what is so: its effects are carried out one after the other. */
  #state: BroadcastState;
  #run: BroadcastRun | undefined;
  /** Of the broadcast before, for as long as it is being played out. */
  #drained: RingGauge | undefined;
  #standing: StreamStatus['state'] = 'offline';
  readonly #work = new WorkQueue();
  #movedTo: string | undefined;
  #cancelTimer: Cancel = () => undefined;

  constructor(desired: DesiredStream, ports: StreamPorts<LiveStream>) {
    this.streamId = desired.streamId;
    this.#desired = desired;
    this.#ports = ports;
    this.#state = newBroadcast(settingsOf(desired));
    this.pushes = new PushSet(ports.pushPorts(this), (id) => ports.recall(this.streamId, id));
  }

  /** What its owner wants, as it was loaded last. */
  get desired(): DesiredStream {
    return this.#desired;
  }

  /** What is so, as people see it. */
  get standing(): StreamStatus['state'] {
    return this.#run === undefined ? 'offline' : this.#standing;
  }

  /** The encoder that writes, or is to. */
  get ingest(): CurrentIngest | undefined {
    return this.#inputs.of(this.#state.active);
  }

  get ingests(): readonly CurrentIngest[] {
    return this.#inputs.all;
  }

  /** What attempts can be fed from: whoever writes has written a frame to begin at. */
  get media(): Broadcast | undefined {
    return this.#run?.source.isJoinable === true ? this.#run.broadcast : undefined;
  }

  /** Since when; undefined before its first frame. On the monotonic clock. */
  get mediaSinceMs(): number | undefined {
    return this.#run?.source.begunAtMs;
  }

  /** Another node speaks for this stream now: what Redis says of it is that node's to say. */
  get hasMoved(): boolean {
    return this.#movedTo !== undefined;
  }

  /** Nothing is live, under way or being closed: the relay may forget this stream. */
  get isOver(): boolean {
    const isIdle = this.#state.phase === 'idle' && this.#work.isIdle;
    return isIdle && this.pushes.isQuiet;
  }

  /** Whether an encoder that is let in now would begin a broadcast, and thus need its memory. */
  get wouldBegin(): boolean {
    return this.#state.phase === 'idle';
  }

  /** How many destinations a broadcast feeds that begins now. */
  get wantedDestinations(): number {
    return this.#desired.destinations.filter(({ enabled }) => enabled).length;
  }

  /** What it counts for in the node's memory; nothing once its broadcast is over and played out. */
  get memoryClaim(): MemoryClaim | undefined {
    if (this.pushes.isQuiet) this.#drained = undefined;
    const ring = this.#run?.gauge ?? this.#drained;
    if (this.wouldBegin && ring === undefined) return undefined;
    const { streamId, wantedDestinations: destinations } = this;
    return { streamId, ring, destinations, tests: wantedTests(this.#desired) };
  }

  /** The encoder that has the place for which one with such a key would ask. */
  holderOf(role: InputRole): CurrentIngest | undefined {
    return this.#inputs.in(role);
  }

  /** An authorised encoder asks. `silentMs`: since the one that has its place last sent media. */
  requestPublish(asking: CurrentIngest, silentMs: number): void {
    const { ingestId, remoteAddress: address, encoder } = asking.request;
    const { role } = asking;
    this.#step(
      { kind: 'publish-requested', ingestId, role, address, encoder, silentMs },
      { asking },
    );
  }

  /** To that input, or to the other one. */
  switchInput(to: InputRole | undefined): void {
    this.#step({ kind: 'switch-requested', to });
  }

  onJoinable(ingestId: string): void {
    if (this.#inputs.of(ingestId) === undefined) return;
    this.#step({ kind: 'ingest-flowing', ingestId });
    this.#run?.source.written(ingestId);
    this.#prepareSlate();
  }

  onIngestReady(ingestId: string): void {
    if (this.#inputs.of(ingestId) !== undefined) this.#step({ kind: 'ingest-ready', ingestId });
  }

  onIngestFrozen(ingestId: string): void {
    this.#run?.source.frozen(ingestId);
    if (this.#inputs.of(ingestId) === undefined) return;
    this.#step({ kind: 'ingest-frozen', ingestId }, { because: 'frozen' });
  }

  onIngestYielded(ingestId: string): void {
    this.#run?.source.pen.yielded(ingestId);
  }

  onIngestWriting(ingestId: string, continuity: Continuity, detail: string): void {
    const run = this.#run;
    if (run === undefined || this.#inputs.of(ingestId) === undefined) return;
    if (continuity === 'parameters' || continuity === 'codec') {
      this.#ports.onParametersChanged(run.broadcast, continuity, detail);
    }
    // What a destination can take was agreed upon when it was connected.
    if (continuity === 'codec') this.pushes.stepAll({ kind: 'settings-changed' });
  }

  onIngestEnded(ingestId: string, because: IngestEndReason): void {
    this.#run?.source.pen.gone(ingestId);
    if (!this.#inputs.remove(ingestId)) return;
    const clean = because === 'unpublished';
    this.#step({ kind: 'ingest-lost', ingestId, clean }, { because });
  }

  onIngestMeasure(ingestId: string, measure: IngestMeasure): void {
    this.#inputs.measured(ingestId, measure);
    if (measure.kbps > 0) this.#step({ kind: 'ingest-flowing', ingestId });
  }

  /** Ends the broadcast, if there is one; every destination hears a goodbye. */
  endNow(reason: Exclude<OrderedEnd['reason'], 'moved'> = 'end-now'): void {
    this.#step({ kind: 'end-now' }, { end: { reason } });
  }

  /** Another node owns the stream: every connection of ours is reset, and nobody hears an end. */
  stepBack(toNode: string): void {
    if (this.#movedTo !== undefined) return;
    this.#movedTo = toNode;
    // Also those that are still played out to, after the end of their broadcast.
    this.pushes.stepAll({ kind: 'broadcast-lost' });
    this.#step({ kind: 'end-now' }, { end: { reason: 'moved', toNode } });
  }

  /** The longest delay that its ring holds of what the encoder sends now; null without one. */
  get delaySecondsMax(): number | null {
    return longestDelaySeconds(this.#run, this.#inputs.status(this.#state).ingest);
  }

  /**
   * Destinations hear their goodbye now, also those that are still being played out to; it becomes
   * a reset when it takes longer.
   */
  cut(withinMs: number): void {
    this.pushes.stepAll({ kind: 'broadcast-cut', withinMs });
  }

  /** The owner's wishes, loaded anew. They always win. */
  applyDesired(desired: DesiredStream): void {
    this.#desired = desired;
    if (desired.deleted) {
      this.endNow('stream-deleted');
      return;
    }
    this.#step({ kind: 'settings-changed', settings: settingsOf(desired) });
    if (this.#run !== undefined) this.#reconcilePushes(this.#run.broadcast);
    this.#prepareSlate();
  }

  /** Forgets pushes of removed destinations whose connections have closed. Called on a beat. */
  prune(): void {
    this.pushes.prune(this.#desired.destinations);
    this.#fitWindow();
  }

  status(): StreamStatus {
    const { streamId, standing: state } = this;
    const { workspaceId } = this.#desired;
    const pushes = this.pushes.statuses();
    const seen = streamStatus(this.#run, this.#state, this.#inputs, this.#ports.clock);
    return withWarnings({ streamId, workspaceId, state, ...seen, pushes }, this.warnings);
  }

  /** Effects are carried out in the order of their events, also where one waits for a lane. */
  #step(event: BroadcastEvent, circumstances: Circumstances = {}): void {
    const { state, effects } = stepBroadcast(this.#state, event, this.#ports.clock.monotonicMs());
    this.#state = state;
    this.#run?.watch.set(hasSpareInput(state));
    if (effects.length === 0) return;
    this.#work.add(
      () => this.#carryOutAll(effects, circumstances),
      (error) => this.#recover(error, circumstances),
    );
  }

  async #carryOutAll(
    effects: readonly BroadcastEffect[],
    circumstances: Circumstances,
  ): Promise<void> {
    for (const effect of effects) {
      if (effect.kind === 'end-broadcast') await this.#end(circumstances.end ?? effect);
      else this.#carryOut(effect, circumstances);
    }
  }

  /** An encoder that could not be let in (no memory for its ring, say) must not hold the stream. */
  #recover(error: unknown, { asking }: Circumstances): void {
    this.#ports.onFault(this, error);
    if (asking === undefined || this.#inputs.of(asking.request.ingestId) !== undefined) return;
    this.#ports.refuseIngest(this, asking, 'busy');
    const { ingestId } = asking.request;
    if (this.#run === undefined) this.endNow();
    else this.#step({ kind: 'ingest-lost', ingestId, clean: false });
  }

  #carryOut(
    effect: Exclude<BroadcastEffect, { readonly kind: 'end-broadcast' }>,
    { asking, because = 'failed' }: Circumstances,
  ): void {
    const { clock, timers } = this.#ports;
    const run = this.#run;
    switch (effect.kind) {
      case 'start-broadcast':
        this.#start();
        return;
      case 'admit':
        if (asking !== undefined) this.#admit(asking, effect.role, effect.pen);
        return;
      case 'arm':
        this.#ports.writers.armIngest(effect.ingestId);
        return;
      case 'disarm':
        run?.source.pen.disarm(effect.ingestId);
        return;
      case 'pass-pen':
        this.#passPen(effect.to);
        return;
      case 'refuse-ingest':
        if (asking !== undefined) this.#ports.refuseIngest(this, asking, effect.reason);
        return;
      case 'set-timer':
        this.#cancelTimer();
        this.#cancelTimer = timers.after(Math.max(0, effect.atMs - clock.monotonicMs()), () =>
          this.#step({ kind: 'timer' }),
        );
        return;
      case 'clear-timer':
        this.#cancelTimer();
        return;
      case 'cut-ingest':
        this.#cut(effect.ingestId, effect.reason);
        return;
      case 'tell':
        if (run !== undefined) this.#ports.onNews(run.broadcast, effect.news, because);
        return;
      case 'announce':
        this.#standing = effect.to === 'idle' ? 'offline' : effect.to;
        this.#ports.onChanged(this);
        return;
    }
  }

  #start(): void {
    this.#movedTo = undefined;
    this.#run = startRun(this.#desired, this.#ports, {
      onMedia: (broadcast) => {
        if (this.#run?.broadcast === broadcast) this.pushes.onMedia();
      },
      onChanged: () => this.#ports.onChanged(this),
      framesPerSecond: () =>
        this.#inputs.status(this.#state).ingest?.video?.framesPerSecond ?? null,
      onStale: () => this.#step({ kind: 'picture-stale' }),
      onBack: () => this.#step({ kind: 'picture-back' }),
    });
  }

  #admit(asking: CurrentIngest, role: InputRole, pen: PublishGrant['pen']): void {
    const run = this.#run;
    if (run === undefined) throw new Error('an encoder is let in to a broadcast');
    const { broadcast, source } = run;
    this.#inputs.add(asking, role);
    if (pen === 'now') source.pen.given(asking.request.ingestId, asking.lane);
    this.#ports.acceptIngest(asking, this, broadcast, pen);
    if (run.isTold) return;
    run.isTold = true;
    this.#ports.onBroadcastStarted(broadcast, asking, run.goesOn);
    this.#reconcilePushes(broadcast);
  }

  #prepareSlate(): void {
    const { broadcast, source } = this.#run ?? {};
    if (broadcast === undefined || source?.begunAtMs === undefined) return;
    this.#ports.prepareSlate(broadcast, this.#desired.slate ?? null);
  }

  #passPen(to: PenTarget): void {
    const pen = this.#run?.source.pen;
    if (to.kind === 'hold') void pen?.pass({ kind: 'hold' });
    else {
      const { ingestId } = to;
      const ingest = this.#inputs.of(ingestId);
      // One that is gone by now has said so, and what follows from that is on its way.
      if (ingest !== undefined) void pen?.pass({ kind: 'ingest', ingestId, lane: ingest.lane });
    }
  }

  /** Its end, when it comes, is news for the pen alone. */
  #cut(ingestId: string, reason: IngestEndReason): void {
    const ingest = this.#inputs.of(ingestId);
    if (ingest === undefined) return;
    this.#inputs.remove(ingestId);
    this.#ports.cutIngest(ingest, reason);
  }

  /** When nobody writes any more. */
  async #end(end: BroadcastEnd): Promise<void> {
    const run = this.#run;
    if (run === undefined) return;
    const { broadcast } = run;
    run.watch.set(false);
    await run.source.pen.pass(null);
    this.#run = undefined;
    this.#drained = run.gauge;
    this.#inputs.clear();
    const kind = end.reason === 'moved' ? 'broadcast-lost' : 'broadcast-ended';
    this.pushes.stepAll({ kind });
    new RingWriter(broadcast.ring).end();
    this.#ports.onBroadcastEnded(broadcast, end);
  }

  /** Whoever plays behind, wanted so or because it was away, may stall as any other. */
  #fitWindow(): void {
    const gauge = this.#run?.gauge;
    if (gauge === undefined) return;
    const wantedMs = longestDelayMs(this.#desired.destinations);
    gauge.windowMs = windowMsFor(Math.max(wantedMs, this.pushes.delayMsMax));
  }

  #reconcilePushes(broadcast: Broadcast): void {
    const desired = this.#desired;
    this.#fitWindow();
    const isOutdated = () => this.#run?.broadcast !== broadcast || this.#desired !== desired;
    this.pushes.become(desired.destinations, isOutdated).then(
      () => this.#ports.onChanged(this),
      (error: unknown) => this.#ports.onFault(this, error),
    );
  }
}

function settingsOf({ graceSeconds, endOnUnpublish, takeover }: DesiredStream): BroadcastSettings {
  return { graceSeconds, endOnUnpublish, takeover };
}
