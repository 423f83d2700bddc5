import {
  ADDITIONAL_MEDIA,
  audioFlags,
  decodeDataMessage,
  encodeMetadata,
  HEADER_FLAGS,
  headerKey,
  MediaFlag,
  videoFlags,
} from '#flv';
import { RecordFlag, RingError, RingReader, RingWriter, type HeaderMessage } from '#ring';
import { HeaderSet } from './header-set.ts';
import { IngestMeter, type IngestMeasure } from './ingest-meter.ts';
import { MessageTypeId } from './message-type-id.ts';
import { compositionMsOf, nextPictureMs, pictureEnd, type PictureEnd } from './picture-end.ts';
import { Timeline } from './timeline.ts';

/** Audio alone for this long makes a stream one without video. */
export const AUDIO_ONLY_AFTER_MS = 2000;

/** Bodies that must not reach a destination: nothing in them, broken, or meant for a player. */
export const DROPPED_FLAGS: number =
  MediaFlag.EMPTY | MediaFlag.MALFORMED | MediaFlag.COMMAND | MediaFlag.END_OF_SEQUENCE;

/**
 * `waiting`: nothing but headers passes until the encoder's first keyframe. `video`: everything
 * passes, keyframes are join points. `audio-only`: no video has come at all; every audio message is
 * one.
 */
type Phase = 'waiting' | 'video' | 'audio-only';

/**
 * What one encoder after the other sends, on its way into the broadcast's ring: one timeline,
 * headers kept and repeated only when they change, each connection spliced in at a keyframe. All
 * that must outlive it is in the ring: a pipeline made on the same memory in another thread goes on
 * from there, and the one before is refused (RingError RING_WRITER_SUPERSEDED).
 */
export class IngestPipeline {
  readonly #writer: RingWriter;
  readonly #timeline: Timeline;
  readonly #headers: HeaderSet;
  /** The pictures of whoever wrote before. */
  readonly #before: PictureEnd | undefined;
  #meter: IngestMeter;
  #phase: Phase = 'waiting';
  #hasSeenVideo = false;
  #firstAudioMs = -1;
  #isMetadataNewer = false;
  readonly #isKnownAudioOnly: boolean;
  #videoAtMs = NaN;
  #markedOriginMs: number;
  #epochsBefore = 0;
  #lateBefore = 0;
  #droppedMessages = 0;

  /**
   * Takes the ring over and begins an ingest at `nowMs`: of an encoder that is known to send no
   * video, where `isAudioOnly` says so.
   */
  constructor(memory: SharedArrayBuffer, nowMs: number, isAudioOnly = false) {
    const reader = new RingReader(memory);
    this.#headers = new HeaderSet(reader.headers());
    this.#before = pictureEnd(reader);
    this.#writer = new RingWriter(memory);
    // Marked with each message that had a time of its own; headers alone start no timeline.
    const { timestampMs: lastOutputMs, markedMs: lastNowMs, originMs } = this.#writer;
    this.#timeline = new Timeline(
      Number.isNaN(lastNowMs) ? undefined : { lastOutputMs, lastNowMs, originMs },
    );
    this.#markedOriginMs = originMs;
    this.#isKnownAudioOnly = isAudioOnly;
    this.#meter = new IngestMeter(nowMs);
    this.beginIngest(nowMs);
  }

  /**
   * Another encoder connection begins: its clock is unknown, and nobody may join at what came
   * before. `nowMs`, here and below, is kernel's `Clock.monotonicMs()`: one clock for all threads.
   */
  beginIngest(nowMs: number): void {
    this.#timeline.beginEpoch();
    this.#headers.markStale();
    this.#writer.clearJoin();
    this.#meter = new IngestMeter(nowMs);
    this.#phase = 'waiting';
    this.#hasSeenVideo = false;
    this.#firstAudioMs = -1;
    this.#videoAtMs = NaN;
    this.#epochsBefore = this.#timeline.epochs + 1;
    this.#lateBefore = this.#timeline.lateMessages;
    this.#droppedMessages = 0;
  }

  /** The encoder is gone: publishes the rest, and lets nobody begin with what is stale by now. */
  endIngest(): void {
    try {
      this.flush();
      this.#writer.clearJoin();
    } catch (fault) {
      // A successor has the ring already; its beginning did all this.
      if (!(fault instanceof RingError) || fault.code !== 'RING_WRITER_SUPERSEDED') throw fault;
    }
  }

  /** Whether readers can begin with what this encoder sends. */
  get isJoinable(): boolean {
    return this.#phase !== 'waiting';
  }

  /** Whether it is joined at its sound, for want of any picture. */
  get isAudioOnly(): boolean {
    return this.#phase === 'audio-only';
  }

  /** When this encoder's newest picture came; NaN when it sent none. */
  get videoAtMs(): number {
    return this.#videoAtMs;
  }

  /** The headers that this encoder has sent itself. */
  headers(): readonly HeaderMessage[] {
    return this.#headers.fresh();
  }

  /** Messages of this encoder that were left out: empty, broken, or before its first keyframe. */
  get droppedMessages(): number {
    return this.#droppedMessages;
  }

  /**
   * One message of the encoder: type 8, 9 or 18, its timestamp as it came (u32), its body borrowed
   * until return. Throws RingError: RING_MESSAGE_TOO_LARGE, RING_HEADERS_TOO_LARGE,
   * RING_WRITER_SUPERSEDED; the ingest must then be ended.
   */
  onMessage(typeId: number, timestamp: number, body: Uint8Array, nowMs: number): void {
    switch (typeId) {
      case MessageTypeId.AUDIO:
        return this.#onAudio(timestamp, body, nowMs);
      case MessageTypeId.VIDEO:
        return this.#onVideo(timestamp, body, nowMs);
      case MessageTypeId.DATA:
        return this.#onData(timestamp, body, nowMs);
      default:
        this.#droppedMessages += 1;
    }
  }

  /** Shows readers what has come since the last flush. Once per batch of messages. */
  flush(): void {
    this.#writer.publish();
  }

  /** Nothing more will come: the broadcast is over. */
  end(): void {
    this.#writer.end();
  }

  measure(nowMs: number): IngestMeasure {
    return this.#meter.measure(nowMs, {
      jumps: Math.max(this.#timeline.epochs - this.#epochsBefore, 0),
      lateMessages: this.#timeline.lateMessages - this.#lateBefore,
    });
  }

  #onVideo(timestamp: number, body: Uint8Array, nowMs: number): void {
    const flags = videoFlags(body);
    if ((flags & DROPPED_FLAGS) !== 0) {
      this.#droppedMessages += 1;
      return;
    }
    this.#hasSeenVideo = true;
    if ((flags & HEADER_FLAGS) !== 0) {
      this.#meter.noteVideoHeader(body);
      this.#keepHeader(MessageTypeId.VIDEO, body);
      return;
    }
    const isFurther = (flags & MediaFlag.FURTHER) !== 0;
    if (!isFurther) this.#videoAtMs = nowMs;
    const isKeyframe = (flags & MediaFlag.KEYFRAME) !== 0;
    if (this.#phase !== 'video') {
      if (!isKeyframe) {
        this.#droppedMessages += 1;
        return;
      }
      if (this.#phase === 'waiting') this.#comeAfter(body);
      this.#enter('video');
    }
    const isBeside = (flags & MediaFlag.MULTITRACK) !== 0;
    const outputMs = this.#timeline.advance('video', timestamp, nowMs, isBeside);
    this.#meter.addVideo(body, flags, outputMs, nowMs);
    if (!isFurther) this.#writer.markVideo(nowMs);
    this.#append(MessageTypeId.VIDEO, outputMs, isKeyframe, body);
  }

  #onAudio(timestamp: number, body: Uint8Array, nowMs: number): void {
    const flags = audioFlags(body);
    if ((flags & DROPPED_FLAGS) !== 0) {
      this.#droppedMessages += 1;
      return;
    }
    if ((flags & HEADER_FLAGS) !== 0) {
      this.#meter.noteAudioHeader(body);
      this.#keepHeader(MessageTypeId.AUDIO, body);
      return;
    }
    this.#meter.addAudio(body, flags, nowMs);
    if (this.#phase === 'waiting' && !this.#isAudioAlone(nowMs)) {
      this.#droppedMessages += 1;
      return;
    }
    if (this.#phase === 'waiting') this.#enter('audio-only');
    const isBeside = (flags & MediaFlag.MULTITRACK) !== 0;
    const outputMs = this.#timeline.advance('audio', timestamp, nowMs, isBeside);
    this.#append(MessageTypeId.AUDIO, outputMs, this.#phase === 'audio-only', body);
  }

  #isAudioAlone(nowMs: number): boolean {
    if (this.#firstAudioMs < 0) this.#firstAudioMs = nowMs;
    if (this.#hasSeenVideo) return false;
    return this.#isKnownAudioOnly || nowMs - this.#firstAudioMs >= AUDIO_ONLY_AFTER_MS;
  }

  /**
   * Data has no say in the timeline: cue points and repeated metadata often carry 0. Metadata is
   * brought into the one form every ingest takes; what has no name is nothing a peer could use. A
   * second sound that comes as data keeps its time, and its configuration is one like the others.
   */
  #onData(timestamp: number, body: Uint8Array, nowMs: number): void {
    const message = decodeDataMessage(body);
    if (message?.name === 'onMetaData') {
      const metadata = encodeMetadata(message.values);
      if (this.#headers.offer(MessageTypeId.DATA, metadata) !== 'changed') return;
      this.#isMetadataNewer = true;
      this.#append(MessageTypeId.DATA, this.#timeline.lastOutputMs, false, metadata);
    } else if (message !== undefined && headerKey('data', body) !== '') {
      this.#keepHeader(MessageTypeId.DATA, body);
    } else if (message !== undefined && this.#phase !== 'waiting') {
      const isSound = message.name === ADDITIONAL_MEDIA;
      if (isSound) this.#meter.addFurther(body.length, nowMs);
      const { lastOutputMs } = this.#timeline;
      const outputMs = isSound ? this.#timeline.beside(timestamp) : lastOutputMs;
      this.#append(MessageTypeId.DATA, outputMs, false, body);
    } else {
      this.#droppedMessages += 1;
    }
  }

  /**
   * A changed configuration goes to those who are connected in band, and to those who join before
   * the frames it belongs to. Like data it gets the newest output time: some encoders repeat it
   * with 0.
   */
  #keepHeader(typeId: number, body: Uint8Array): void {
    const offer = this.#headers.offer(typeId, body);
    if (offer === 'no-header') this.#droppedMessages += 1;
    if (offer !== 'changed') return;
    this.#append(typeId, this.#timeline.lastOutputMs, false, body);
    this.#writeHeaders();
  }

  /**
   * What the encoder before had and this one did not send by its first frame belongs to the past.
   */
  #enter(phase: Phase): void {
    this.#phase = phase;
    if (this.#headers.dropStale()) this.#writeHeaders();
  }

  /**
   * An encoder that stopped has sent pictures ahead of those to be shown before them: the first of
   * another must not come between, nor closer than any other.
   */
  #comeAfter(keyframe: Uint8Array): void {
    const before = this.#before;
    if (before === undefined) return;
    const nextMs = nextPictureMs(before, before.frameMs, compositionMsOf(keyframe) ?? 0);
    this.#timeline.beginEpoch(nextMs - this.#timeline.lastOutputMs);
  }

  #append(typeId: number, outputMs: number, isJoinPoint: boolean, body: Uint8Array): void {
    // Other metadata makes no frame unreadable, so it waits for a join point instead of undoing
    // one.
    if (isJoinPoint && this.#isMetadataNewer) this.#writeHeaders();
    this.#writer.markTime(this.#timeline.lastNowMs);
    if (this.#timeline.originMs !== this.#markedOriginMs) this.#markOrigin();
    this.#writer.append(typeId, outputMs, isJoinPoint ? RecordFlag.JOIN_POINT : 0, body);
  }

  /** A successor reckons from there, in whichever thread. */
  #markOrigin(): void {
    this.#markedOriginMs = this.#timeline.originMs;
    this.#writer.markOrigin(this.#markedOriginMs);
  }

  #writeHeaders(): void {
    this.#isMetadataNewer = false;
    this.#writer.setHeaders(this.#headers.list());
  }
}
