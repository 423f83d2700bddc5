import { randomUUID } from 'node:crypto';
import type { DesiredStream, IngestStatus, StreamStatus } from '#contracts';
import type { Cancel, Clock, Timers } from '#kernel';
import type { IngestEndReason } from '#lanes';
import type { IngestMeasure } from '#media';
import {
  newBroadcast,
  stepBroadcast,
  type BroadcastEffect,
  type BroadcastEvent,
  type BroadcastState,
  type PushMemory,
} from '#relay-core';
import { RingGauge, RingWriter } from '#ring';
import type { Broadcast, BroadcastEnd, CurrentIngest, OrderedEnd } from './broadcast.ts';
import type { IngestListener } from './ingest-desk.ts';
import { ingestStatus } from './ingest-status.ts';
import type { KeptBroadcast } from './kept-stream.ts';
import type { MemoryClaim } from './memory-budget.ts';
import type { PushPorts } from './push-ports.ts';
import { PushSet } from './push-set.ts';

/** What a live stream asks of the relay around it. */
export interface StreamPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  pushPorts(stream: LiveStream): PushPorts;
  /** Never rejects. */
  recall(streamId: string, destinationId: string): Promise<PushMemory | null>;
  /** The broadcast that a relay before left, when it may go on; asked once. */
  takeFormer(streamId: string): KeptBroadcast | undefined;
  /** Memory for a broadcast's media. */
  openRing(): SharedArrayBuffer;
  acceptIngest(ingest: CurrentIngest, listener: IngestListener, broadcast: Broadcast): void;
  refuseIngest(stream: LiveStream, ingest: CurrentIngest): void;
  /**
   * Resolves when the connection is gone and writes no more, or its lane did not say so in time.
   */
  cutIngest(ingest: CurrentIngest, reason: IngestEndReason): Promise<void>;
  onChanged(stream: LiveStream): void;
  /** `goesOn`: it had begun before this process. */
  onBroadcastStarted(broadcast: Broadcast, ingest: CurrentIngest, goesOn: boolean): void;
  /** Once for each that was started. */
  onBroadcastEnded(broadcast: Broadcast, end: BroadcastEnd): void;
  onEncoderLost(broadcast: Broadcast, reason: IngestEndReason, graceMs: number): void;
  onEncoderReturned(broadcast: Broadcast, tookOver: boolean): void;
  /** Our own fault, while effects were carried out. */
  onFault(stream: LiveStream, error: unknown): void;
}

/** What the shell knows of an event beyond what the machine needs of it. */
interface Circumstances {
  readonly asking?: CurrentIngest;
  readonly lostBecause?: IngestEndReason;
  readonly end?: OrderedEnd;
}

/** One stream while it is live: its broadcast, the encoder that feeds it, the pushes it feeds. */
export class LiveStream implements IngestListener {
  readonly streamId: string;
  readonly pushes: PushSet;
  readonly #ports: StreamPorts;
  #desired: DesiredStream;
  /** May be ahead of what is so: its effects are carried out one after the other. */
  #state: BroadcastState;
  #broadcast: Broadcast | undefined;
  #ringGauge: RingGauge | undefined;
  #ingest: CurrentIngest | undefined;
  #work: Promise<void> = Promise.resolve();
  #worksWaiting = 0;
  #ingestStatus: IngestStatus | undefined;
  #joinable = false;
  /** The broadcast has begun and waits for the encoder that began it to be let in. */
  #firstIngest = false;
  /** It had begun when the relay was started. */
  #goesOn = false;
  #movedTo: string | undefined;
  #cancelTimer: Cancel = () => undefined;

  constructor(desired: DesiredStream, ports: StreamPorts) {
    this.streamId = desired.streamId;
    this.#desired = desired;
    this.#ports = ports;
    this.#state = newBroadcast(desired.graceSeconds);
    this.pushes = new PushSet(ports.pushPorts(this), (id) => ports.recall(this.streamId, id));
  }

  /** What is so, as people see it. */
  get standing(): StreamStatus['state'] {
    if (this.#broadcast === undefined) return 'offline';
    return this.#ingest === undefined ? 'grace' : 'live';
  }

  get ingest(): CurrentIngest | undefined {
    return this.#ingest;
  }

  /** What attempts can be fed from: the encoder is there, and has sent a frame to begin at. */
  get media(): Broadcast | undefined {
    return this.#joinable && this.#ingest !== undefined ? this.#broadcast : undefined;
  }

  /** Another node speaks for this stream now: what Redis says of it is that node's to say. */
  get hasMoved(): boolean {
    return this.#movedTo !== undefined;
  }

  /** Nothing is live, under way or being closed: the relay may forget this stream. */
  get isOver(): boolean {
    const isIdle = this.#state.phase === 'idle' && this.#worksWaiting === 0;
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

  /** What it counts for in the node's memory; nothing once its broadcast is over. */
  get memoryClaim(): MemoryClaim | undefined {
    if (this.wouldBegin && this.#ringGauge === undefined) return undefined;
    const { streamId, wantedDestinations } = this;
    return { streamId, ring: this.#ringGauge, destinations: wantedDestinations };
  }

  /** An authorised encoder asks. `silentMs`: since the present one last sent media. */
  requestPublish(asking: CurrentIngest, silentMs: number): void {
    const { ingestId } = asking.request;
    this.#step({ kind: 'publish-requested', ingestId, silentMs }, { asking });
  }

  /** The first frame that a destination can begin at is there. */
  onJoinable(ingestId: string): void {
    if (this.#ingest?.request.ingestId !== ingestId) return;
    this.#joinable = true;
    this.pushes.onMedia();
  }

  onIngestEnded(ingestId: string, lostBecause: IngestEndReason): void {
    if (this.#ingest?.request.ingestId !== ingestId) return;
    this.#joinable = false;
    this.#step({ kind: 'ingest-lost', ingestId }, { lostBecause });
  }

  onIngestMeasure(ingestId: string, measure: IngestMeasure): void {
    if (this.#ingest?.request.ingestId !== ingestId) return;
    this.#ingestStatus = ingestStatus(this.#ingest, measure);
  }

  /** Ends the broadcast, if there is one; every destination hears a goodbye. */
  endNow(reason: Exclude<OrderedEnd['reason'], 'moved'> = 'end-now'): void {
    this.#step({ kind: 'end-now' }, { end: { reason } });
  }

  /** Another node owns the stream: every connection of ours is reset, and nobody hears an end. */
  stepBack(toNode: string): void {
    if (this.#movedTo !== undefined) return;
    this.#movedTo = toNode;
    this.#step({ kind: 'end-now' }, { end: { reason: 'moved', toNode } });
  }

  /** The owner's wishes, loaded anew. They always win. */
  applyDesired(desired: DesiredStream): void {
    const graceChanged = desired.graceSeconds !== this.#desired.graceSeconds;
    this.#desired = desired;
    if (desired.deleted) {
      this.endNow('stream-deleted');
      return;
    }
    if (graceChanged) this.#step({ kind: 'grace-changed', graceSeconds: desired.graceSeconds });
    if (this.#broadcast !== undefined) this.#reconcilePushes(this.#broadcast);
  }

  /** Forgets pushes of removed destinations whose connections have closed. */
  prune(): void {
    this.pushes.prune(this.#desired.destinations);
  }

  status(): StreamStatus {
    const broadcast = this.#broadcast;
    return {
      streamId: this.streamId,
      state: this.standing,
      broadcast:
        broadcast === undefined
          ? null
          : { id: broadcast.id, startedAt: new Date(broadcast.startedAtMs).toISOString() },
      ingest: this.#ingestStatus ?? null,
      activeInput: null,
      inputs: { primary: null, backup: null },
      graceEndsAt: null,
      hold: null,
      delaySecondsMax: null,
      pushes: this.pushes.statuses(),
      updatedAt: new Date(this.#ports.clock.wallMs()).toISOString(),
    };
  }

  /** Effects are carried out in the order of their events, also where one waits for a lane. */
  #step(event: BroadcastEvent, circumstances: Circumstances = {}): void {
    const { state, effects } = stepBroadcast(this.#state, event, this.#ports.clock.monotonicMs());
    this.#state = state;
    if (effects.length === 0) return;
    this.#worksWaiting += 1;
    this.#work = this.#work
      .then(() => this.#carryOutAll(effects, circumstances))
      .catch((error: unknown) => this.#recover(error, circumstances))
      .finally(() => {
        this.#worksWaiting -= 1;
      });
  }

  /** A new encoder gets the ring only when the one before it writes no more. */
  async #carryOutAll(
    effects: readonly BroadcastEffect[],
    circumstances: Circumstances,
  ): Promise<void> {
    for (const effect of effects) {
      if (effect.kind === 'cut-ingest') await this.#cut(effects);
      else this.#carryOut(effect, circumstances);
    }
  }

  /** An encoder that could not be let in (no memory for its ring, say) must not hold the stream. */
  #recover(error: unknown, { asking }: Circumstances): void {
    this.#ports.onFault(this, error);
    if (asking === undefined || this.#ingest === asking) return;
    this.#ports.refuseIngest(this, asking);
    if (this.#broadcast === undefined) this.endNow();
    else this.#step({ kind: 'ingest-lost', ingestId: asking.request.ingestId });
  }

  async #cut(effects: readonly BroadcastEffect[]): Promise<void> {
    const ingest = this.#ingest;
    if (ingest === undefined) return;
    this.#forgetIngest();
    const ends = effects.some((effect) => effect.kind === 'end-broadcast');
    await this.#ports.cutIngest(ingest, ends ? 'broadcast-ended' : 'taken-over');
  }

  #carryOut(effect: BroadcastEffect, { asking, lostBecause, end }: Circumstances): void {
    const { clock, timers } = this.#ports;
    switch (effect.kind) {
      case 'start-broadcast':
        this.#start();
        return;
      case 'accept-ingest':
        if (asking !== undefined) this.#accept(asking, effect.takesOver);
        return;
      case 'refuse-ingest':
        if (asking !== undefined) this.#ports.refuseIngest(this, asking);
        return;
      case 'end-broadcast':
        this.#end(end ?? { reason: effect.reason });
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
        return;
      case 'announce':
        if (effect.to === 'grace') this.#lost(lostBecause ?? 'failed');
        this.#ports.onChanged(this);
        return;
    }
  }

  #start(): void {
    const ring = this.#ports.openRing();
    this.#ringGauge = new RingGauge(ring);
    const former = this.#ports.takeFormer(this.streamId);
    this.#broadcast = {
      id: former?.id ?? randomUUID(),
      streamId: this.streamId,
      streamName: this.#desired.name,
      startedAtMs: former?.startedAtMs ?? this.#ports.clock.wallMs(),
      ring,
    };
    this.#firstIngest = true;
    this.#goesOn = former !== undefined;
    this.#movedTo = undefined;
  }

  #accept(asking: CurrentIngest, takesOver: boolean): void {
    const broadcast = this.#broadcast;
    if (broadcast === undefined) throw new Error('an encoder is let in to a broadcast');
    this.#ingest = asking;
    this.#ingestStatus = ingestStatus(asking);
    this.#ports.acceptIngest(asking, this, broadcast);
    if (this.#firstIngest) {
      this.#firstIngest = false;
      this.#ports.onBroadcastStarted(broadcast, asking, this.#goesOn);
      this.#reconcilePushes(broadcast);
    } else {
      this.#ports.onEncoderReturned(broadcast, takesOver);
    }
  }

  #lost(because: IngestEndReason): void {
    this.#forgetIngest();
    if (this.#broadcast === undefined) return;
    this.#ports.onEncoderLost(this.#broadcast, because, this.#state.graceMs);
  }

  #forgetIngest(): void {
    this.#joinable = false;
    this.#ingest = undefined;
    this.#ingestStatus = undefined;
  }

  #end(end: BroadcastEnd): void {
    const broadcast = this.#broadcast;
    if (broadcast === undefined) return;
    this.#broadcast = undefined;
    this.#ringGauge = undefined;
    this.#forgetIngest();
    const kind = end.reason === 'moved' ? 'broadcast-lost' : 'broadcast-ended';
    this.pushes.stepAll({ kind });
    new RingWriter(broadcast.ring).end();
    this.#ports.onBroadcastEnded(broadcast, end);
  }

  #reconcilePushes(broadcast: Broadcast): void {
    const desired = this.#desired;
    const isOutdated = () => this.#broadcast !== broadcast || this.#desired !== desired;
    this.pushes.become(desired.destinations, isOutdated).then(
      () => this.#ports.onChanged(this),
      (error: unknown) => this.#ports.onFault(this, error),
    );
  }
}
