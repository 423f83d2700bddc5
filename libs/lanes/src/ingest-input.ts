import type { Clock } from '#kernel';
import { continuityOf, IngestPipeline, IngestStandby, type IngestMeasure } from '#media';
import { RingError, RingReader } from '#ring';
import type { Beat, Tap } from './beat.ts';
import { Gathering } from './gathering.ts';
import type { Continuity, PublishGrant } from './messages.ts';
import { LANE_LIMITS } from './settings.ts';
import { Steadiness } from './steadiness.ts';

const VIDEO = 9;

export interface InputHandler {
  /** It was armed, and has a frame to go on with. */
  onReady(): void;
  /** It sends no picture any more, and has let go of the ring. It is armed. */
  onFrozen(): void;
  /** It writes no more: it was told so, or another has the ring. */
  onYielded(): void;
  /** Its first frame is in the ring, and destinations can begin at that. */
  onWriting(continuity: Continuity, detail: string): void;
}

interface InputOptions {
  readonly clock: Clock;
  /** Told of what was written, for the destinations that are fed from this lane. */
  readonly beat: Pick<Beat, 'arrived' | 'writesHere'>;
  readonly tap: Tap | undefined;
  readonly isCleanEntry: (typeId: number, body: Uint8Array) => boolean;
}

/**
 * What an encoder that was let in sends, and whether it goes into the ring.
 *
 *     standby ──arm──▶ armed ──keyframe──▶ ready ──take ring──▶ writing
 *        ▲               ▲ ▲──── too late ──┘                    │ │
 *        │               └─────────────── frozen ────────────────┘ │
 *        └─────────────────────────────── yield ───────────────────┘
 *
 * Whoever has the ring before it is armed or ready writes from the next keyframe on. Throws
 * RingError for a message that the ring refuses: the ingest must then be ended.
 */
export class IngestInput {
  readonly #ring: SharedArrayBuffer;
  readonly #ringId: string;
  readonly #options: InputOptions;
  readonly #handler: InputHandler;
  /** One of the two is there. */
  #pipeline: IngestPipeline | undefined;
  #standby: IngestStandby | undefined;
  #gathering: Gathering | undefined;
  readonly #steadiness = new Steadiness();
  /** What its clock had changed when it began to gather; undefined once that is believed. */
  #unsettledSince: number | undefined;
  #isArmed = false;
  /** When the first keyframe came that was not to be begun at. */
  #refusedAtMs: number | undefined;
  #hasPen = false;
  /** It was let in to write, and nothing is written until it does. */
  #isAwaited: boolean;
  /** It has had a frame to begin with: what never began cannot freeze. */
  #hasShown = false;
  #isFrozen = false;
  #lookedAtMs: number;
  #lastMediaAtMs: number;
  #leaveBeat: () => void = () => undefined;

  constructor({ ring, ringId, pen }: PublishGrant, options: InputOptions, handler: InputHandler) {
    const nowMs = options.clock.monotonicMs();
    this.#ring = ring;
    this.#ringId = ringId;
    this.#options = options;
    this.#handler = handler;
    this.#standby = new IngestStandby(nowMs);
    this.#lookedAtMs = nowMs;
    this.#lastMediaAtMs = nowMs;
    this.#isAwaited = pen === 'now';
    if (this.#isAwaited) this.takeRing();
  }

  get lastMediaAtMs(): number {
    return this.#lastMediaAtMs;
  }

  measure(): IngestMeasure | undefined {
    const source = this.#pipeline ?? this.#standby;
    return source?.measure(this.#options.clock.monotonicMs());
  }

  /** At its next keyframe it gathers what it sends, and says that it is ready. */
  arm(): void {
    if (this.#isArmed || this.#pipeline !== undefined) return;
    this.#isArmed = true;
    this.#refusedAtMs = undefined;
  }

  takeRing(): void {
    if (this.#pipeline !== undefined) return;
    this.arm();
    this.#hasPen = true;
    const isFresh = this.#gathering?.isFresh(this.#options.clock.monotonicMs()) === true;
    if (isFresh && this.#unsettledSince === undefined) this.#begin();
  }

  /** Back to standby, from wherever it is. */
  yieldRing(): void {
    this.#letGo();
    this.#isArmed = false;
    this.#handler.onYielded();
  }

  /** Nothing more will come. */
  end(): void {
    this.#letGo();
  }

  /** One message of the encoder, that came at `nowMs`; its body is borrowed until return. */
  onMessage(typeId: number, timestamp: number, body: Uint8Array, nowMs: number): void {
    this.#lastMediaAtMs = nowMs;
    if (this.#pipeline === undefined) {
      this.#standBy(typeId, timestamp, body, nowMs);
      return;
    }
    try {
      this.#pipeline.onMessage(typeId, timestamp, body, nowMs);
    } catch (fault) {
      this.#lose(fault);
    }
  }

  /** Once per batch of messages: what came is shown to the readers. */
  flush(): void {
    if (this.#pipeline === undefined) return;
    try {
      this.#pipeline.flush();
    } catch (fault) {
      this.#lose(fault);
      return;
    }
    this.#options.beat.arrived(this.#ringId);
  }

  /**
   * To be called every `ingestLookMs`: whether its picture has stopped. False: this thread itself
   * stood still, and what came meanwhile is to be read before anything is judged.
   */
  look(): boolean {
    const nowMs = this.#options.clock.monotonicMs();
    const wasBlind = nowMs - this.#lookedAtMs > 2 * LANE_LIMITS.ingestLookMs;
    this.#lookedAtMs = nowMs;
    if (wasBlind) return false;
    if (this.#isFrozen || !this.#hasShown) return true;
    const videoAtMs = (this.#pipeline ?? this.#standby)?.videoAtMs ?? NaN;
    const shownAtMs = Number.isNaN(videoAtMs) ? this.#lastMediaAtMs : videoAtMs;
    if (nowMs - shownAtMs < LANE_LIMITS.ingestFreezeMs) return true;
    this.#isFrozen = true;
    this.#letGo();
    this.arm();
    this.#handler.onFrozen();
    return true;
  }

  #standBy(typeId: number, timestamp: number, body: Uint8Array, nowMs: number): void {
    const standby = this.#standby;
    const kind = standby?.onMessage(typeId, timestamp, body, nowMs) ?? 'nothing';
    if (standby === undefined || kind === 'nothing') return;
    const isPaced = typeId === VIDEO || Number.isNaN(standby.videoAtMs);
    if (isPaced && kind !== 'header') this.#steadiness.onMessage(timestamp, nowMs);
    if (this.#gathering?.add(typeId, timestamp, body, nowMs) === false) this.#gathering = undefined;
    const isInTime = kind === 'entry' && this.#steadiness.isEntryInTime(nowMs);
    const isEntry = isInTime || (kind === 'entry' && this.#isAwaited);
    const isWanted = this.#isArmed && this.#gathering === undefined;
    if (isEntry && isWanted && this.#isEntry(typeId, body, nowMs)) {
      const { readyBytes, readyMessages: messagesMax, readyMs: ageMsMax } = LANE_LIMITS;
      // What goes into the ring at once is bounded by the ring.
      const bytesMax = this.#hasPen ? Infinity : readyBytes;
      const limits = { bytesMax, messagesMax, ageMsMax };
      const gathering = new Gathering(standby.headers(), nowMs, limits);
      this.#gathering = gathering.add(typeId, timestamp, body, nowMs) ? gathering : undefined;
      this.#unsettledSince = this.#steadiness.changes;
    }
    if (this.#unsettledSince !== undefined) this.#settle(this.#unsettledSince, nowMs);
  }

  /**
   * An encoder that sends at once what has gathered would be ahead of the wall ever after, by all
   * of that: it is waited for until it is at its present, while a hold or another writes.
   */
  #settle(changes: number, nowMs: number): void {
    if (this.#gathering !== undefined && !this.#isAwaited && !this.#isFirst()) {
      if (this.#steadiness.changes !== changes) this.#gathering = undefined;
      else if (this.#steadiness.steadyMs(nowMs) < LANE_LIMITS.settleMs) return;
    }
    this.#unsettledSince = undefined;
    if (this.#gathering === undefined) return;
    this.#hasShown = true;
    this.#isFrozen = false;
    if (this.#hasPen) this.#begin();
    else this.#handler.onReady();
  }

  #isFirst(): boolean {
    return new RingReader(this.#ring).headSequence() === 0;
  }

  /**
   * After another encoder's pictures a decoder has what the first ones of this one must not refer
   * to. An encoder that never sends such a keyframe is taken as it is.
   */
  #isEntry(typeId: number, body: Uint8Array, nowMs: number): boolean {
    if (typeId !== VIDEO || this.#isFirst()) return true;
    if (this.#options.isCleanEntry(typeId, body)) return true;
    this.#refusedAtMs ??= nowMs;
    return nowMs - this.#refusedAtMs >= LANE_LIMITS.cleanEntryMs;
  }

  /** Its pipeline, what it gathered, and from now on what it sends. */
  #begin(): void {
    const gathering = this.#gathering;
    if (gathering === undefined) return;
    const nowMs = this.#options.clock.monotonicMs();
    const reader = new RingReader(this.#ring);
    const isFirst = reader.headSequence() === 0;
    const before = reader.headers();
    const isAudioOnly = this.#standby?.isAudioOnly(nowMs) ?? false;
    const pipeline = new IngestPipeline(this.#ring, nowMs, isAudioOnly);
    this.#pipeline = pipeline;
    this.#standby = undefined;
    this.#gathering = undefined;
    this.#isArmed = false;
    this.#leaveBeat = this.#options.beat.writesHere(this.#ringId, this.#options.tap);
    for (const { typeId, body } of gathering.headers) this.onMessage(typeId, 0, body, nowMs);
    for (const one of gathering.messages) {
      this.onMessage(one.typeId, one.timestamp, one.body, one.nowMs);
    }
    this.flush();
    if (this.#pipeline !== pipeline) return;
    const { kind, detail } = continuityOf(before, pipeline.headers());
    this.#handler.onWriting(isFirst ? 'first' : kind, isFirst ? '' : detail);
  }

  /** Another has the ring: this encoder stays, and waits until it is asked again. */
  #lose(fault: unknown): void {
    if (!(fault instanceof RingError) || fault.code !== 'RING_WRITER_SUPERSEDED') throw fault;
    this.yieldRing();
  }

  #letGo(): void {
    const pipeline = this.#pipeline;
    this.#hasPen = false;
    this.#isAwaited = false;
    this.#gathering = undefined;
    this.#unsettledSince = undefined;
    if (pipeline === undefined) return;
    pipeline.endIngest();
    this.#options.beat.arrived(this.#ringId);
    this.#leaveBeat();
    this.#pipeline = undefined;
    this.#standby = new IngestStandby(this.#options.clock.monotonicMs(), pipeline);
  }
}
