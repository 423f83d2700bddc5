import { randomUUID } from 'node:crypto';
import type { DesiredStream, IngestStatus, StreamStatus } from '#contracts';
import type { Cancel, Clock, Timers } from '#kernel';
import type { IngestEndReason, PublishRequest } from '#lanes';
import {
  newBroadcast,
  stepBroadcast,
  type BroadcastEffect,
  type BroadcastEndReason,
  type BroadcastEvent,
  type BroadcastState,
  type PushMemory,
} from '#relay-core';
import { createRingMemory, RingWriter } from '#ring';
import { PushRunner, type PushPorts } from './push-runner.ts';

/** An encoder's connection, and the lane it is in. */
export interface CurrentIngest {
  readonly lane: number;
  readonly request: PublishRequest;
  readonly acceptedAtMs: number;
}

export interface Broadcast {
  readonly id: string;
  readonly streamId: string;
  readonly streamName: string;
  readonly startedAtMs: number;
  readonly ring: SharedArrayBuffer;
}

/** What a live stream asks of the relay around it. */
export interface StreamPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  pushPorts(stream: LiveStream): PushPorts;
  recall(destinationId: string): Promise<PushMemory | null>;
  acceptIngest(ingest: CurrentIngest, stream: LiveStream, ring: SharedArrayBuffer): void;
  refuseIngest(ingest: CurrentIngest): void;
  /** Resolves when the connection is gone and writes no more, or when its lane did not say so in time. */
  cutIngest(ingest: CurrentIngest, reason: IngestEndReason): Promise<void>;
  onChanged(stream: LiveStream): void;
  onBroadcastStarted(broadcast: Broadcast, ingest: CurrentIngest): void;
  onBroadcastEnded(broadcast: Broadcast, reason: BroadcastEndReason): void;
  onEncoderLost(broadcast: Broadcast, reason: IngestEndReason, graceMs: number): void;
  onEncoderReturned(broadcast: Broadcast, tookOver: boolean): void;
  /** Our own fault, while effects were carried out. */
  onFault(stream: LiveStream, error: unknown): void;
}

/** One stream while it is live: its broadcast, the encoder that feeds it, and the pushes it feeds. */
export class LiveStream {
  readonly streamId: string;
  readonly #ports: StreamPorts;
  readonly #pushes = new Map<string, PushRunner>();
  #desired: DesiredStream;
  #state: BroadcastState;
  #broadcast: Broadcast | undefined;
  #lastBroadcast: Broadcast | undefined;
  #ingest: CurrentIngest | undefined;
  #work: Promise<void> = Promise.resolve();
  #ingestStatus: IngestStatus | undefined;
  #lostBecause: IngestEndReason = 'closed';
  #joinable = false;
  /** The broadcast has begun and waits for the encoder that began it to be let in. */
  #firstIngest = false;
  #cancelTimer: Cancel = () => undefined;

  constructor(desired: DesiredStream, ports: StreamPorts) {
    this.streamId = desired.streamId;
    this.#desired = desired;
    this.#ports = ports;
    this.#state = newBroadcast(desired.graceSeconds);
  }

  get phase(): BroadcastState['phase'] {
    return this.#state.phase;
  }

  get broadcast(): Broadcast | undefined {
    return this.#broadcast;
  }

  /** The one that has just ended: its last attempts close after it. */
  get lastBroadcast(): Broadcast | undefined {
    return this.#lastBroadcast;
  }

  get ingest(): CurrentIngest | undefined {
    return this.#ingest;
  }

  get pushes(): readonly PushRunner[] {
    return [...this.#pushes.values()];
  }

  /** The encoder is there and has sent a frame that destinations can begin at. */
  get hasMedia(): boolean {
    return this.#joinable && this.#ingest !== undefined;
  }

  /** Nothing is live and nothing is being closed: the relay may forget this stream. */
  get isOver(): boolean {
    return this.#state.phase === 'idle' && this.pushes.every((push) => push.isQuiet);
  }

  /** An authorised encoder asks. `silentMs`: since the present one last sent media. */
  requestPublish(asking: CurrentIngest, silentMs: number): void {
    this.#step({ kind: 'publish-requested', ingestId: asking.request.ingestId, silentMs }, asking);
  }

  /** The first frame that a destination can begin at is there. */
  onJoinable(ingestId: string): void {
    if (this.#ingest?.request.ingestId !== ingestId) return;
    this.#joinable = true;
    for (const push of this.#pushes.values()) push.onMedia();
  }

  onIngestEnded(ingestId: string, reason: IngestEndReason): void {
    if (this.#ingest?.request.ingestId !== ingestId) return;
    this.#lostBecause = reason;
    this.#step({ kind: 'ingest-lost', ingestId });
  }

  onIngestStatus(ingestId: string, status: IngestStatus): void {
    if (this.#ingest?.request.ingestId === ingestId) this.#ingestStatus = status;
  }

  endNow(): void {
    this.#step({ kind: 'end-now' });
  }

  /** The owner's wishes, loaded anew. They always win. */
  applyDesired(desired: DesiredStream): void {
    const graceChanged = desired.graceSeconds !== this.#desired.graceSeconds;
    this.#desired = desired;
    if (desired.deleted) {
      this.endNow();
      return;
    }
    if (graceChanged) this.#step({ kind: 'grace-changed', graceSeconds: desired.graceSeconds });
    if (this.#broadcast !== undefined) void this.#reconcilePushes(this.#broadcast);
  }

  /** Forgets pushes of removed destinations whose connections have closed. */
  prune(): void {
    const wanted = new Set(this.#desired.destinations.map((one) => one.id));
    for (const [id, push] of this.#pushes) {
      if (!wanted.has(id) && push.isQuiet) this.#pushes.delete(id);
    }
  }

  status(): StreamStatus {
    const { clock } = this.#ports;
    const phase = this.#state.phase;
    return {
      streamId: this.streamId,
      state: phase === 'idle' ? 'offline' : phase,
      broadcast:
        this.#broadcast === undefined
          ? null
          : {
              id: this.#broadcast.id,
              startedAt: new Date(this.#broadcast.startedAtMs).toISOString(),
            },
      ingest: this.#ingestStatus ?? null,
      pushes: this.pushes.map((push) => push.status()),
      updatedAt: new Date(clock.wallMs()).toISOString(),
    };
  }

  /** Effects are carried out in the order of their events, also where one has to wait for a lane. */
  #step(event: BroadcastEvent, asking?: CurrentIngest): void {
    const { state, effects } = stepBroadcast(this.#state, event, this.#ports.clock.monotonicMs());
    this.#state = state;
    this.#work = this.#work
      .then(() => this.#carryOutAll(effects, asking))
      .catch((error: unknown) => this.#ports.onFault(this, error));
  }

  /** A new encoder gets the ring only when the one before it writes no more. */
  async #carryOutAll(
    effects: readonly BroadcastEffect[],
    asking: CurrentIngest | undefined,
  ): Promise<void> {
    for (const effect of effects) {
      if (effect.kind === 'cut-ingest') await this.#cut(effects);
      else this.#carryOut(effect, asking);
    }
  }

  async #cut(effects: readonly BroadcastEffect[]): Promise<void> {
    const ingest = this.#ingest;
    if (ingest === undefined) return;
    this.#forgetIngest();
    const ends = effects.some((effect) => effect.kind === 'end-broadcast');
    await this.#ports.cutIngest(ingest, ends ? 'broadcast-ended' : 'taken-over');
  }

  #carryOut(effect: BroadcastEffect, asking: CurrentIngest | undefined): void {
    const { clock, timers } = this.#ports;
    switch (effect.kind) {
      case 'start-broadcast':
        this.#firstIngest = true;
        this.#broadcast = {
          id: randomUUID(),
          streamId: this.streamId,
          streamName: this.#desired.name,
          startedAtMs: clock.wallMs(),
          ring: createRingMemory(),
        };
        return;
      case 'accept-ingest':
        if (asking !== undefined) this.#accept(asking, effect.takesOver);
        return;
      case 'refuse-ingest':
        if (asking !== undefined) this.#ports.refuseIngest(asking);
        return;
      case 'end-broadcast':
        this.#end(effect.reason);
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
        if (effect.to === 'grace') this.#lost();
        this.#ports.onChanged(this);
        return;
    }
  }

  #accept(asking: CurrentIngest, takesOver: boolean): void {
    const broadcast = this.#broadcast;
    if (broadcast === undefined) return;
    this.#ingest = asking;
    this.#ports.acceptIngest(asking, this, broadcast.ring);
    if (this.#firstIngest) {
      this.#firstIngest = false;
      this.#ports.onBroadcastStarted(broadcast, asking);
      void this.#reconcilePushes(broadcast);
    } else {
      this.#ports.onEncoderReturned(broadcast, takesOver);
    }
  }

  #lost(): void {
    this.#forgetIngest();
    if (this.#broadcast !== undefined) {
      this.#ports.onEncoderLost(this.#broadcast, this.#lostBecause, this.#state.graceMs);
    }
  }

  #forgetIngest(): void {
    this.#joinable = false;
    this.#ingest = undefined;
    this.#ingestStatus = undefined;
  }

  #end(reason: BroadcastEndReason): void {
    const broadcast = this.#broadcast;
    if (broadcast === undefined) return;
    this.#broadcast = undefined;
    this.#lastBroadcast = broadcast;
    this.#forgetIngest();
    for (const push of this.#pushes.values()) push.step({ kind: 'broadcast-ended' });
    new RingWriter(broadcast.ring).end();
    this.#ports.onBroadcastEnded(broadcast, reason);
  }

  /** Makes the pushes what the owner wants them to be. New ones ask first what a relay before left for them. */
  async #reconcilePushes(broadcast: Broadcast): Promise<void> {
    const desired = this.#desired;
    const wanted = new Map(desired.destinations.map((one) => [one.id, one]));
    for (const [id, push] of this.#pushes) {
      const destination = wanted.get(id);
      if (destination !== undefined) push.want(destination);
      else this.#remove(id, push);
    }
    const added = desired.destinations.filter((one) => !this.#pushes.has(one.id));
    const memories = await Promise.all(added.map((one) => this.#ports.recall(one.id)));
    // Meanwhile the broadcast may have ended, or another look at the owner's wishes may have overtaken this one.
    if (this.#broadcast !== broadcast || this.#desired !== desired) return;
    added.forEach((destination, index) => {
      if (this.#pushes.has(destination.id)) return;
      const push = new PushRunner(
        destination,
        memories[index] ?? null,
        this.#ports.pushPorts(this),
      );
      this.#pushes.set(destination.id, push);
      push.want(destination);
      if (this.#joinable) push.onMedia();
    });
    this.#ports.onChanged(this);
  }

  /** A removed destination is closed first; `prune` forgets it once that is done. */
  #remove(id: string, push: PushRunner): void {
    push.want({ ...push.destination, enabled: false });
    if (push.isQuiet) this.#pushes.delete(id);
  }
}
