import {
  describeAudio,
  describeAudioConfig,
  describeVideo,
  describeVideoConfig,
  furtherBytes,
  MediaFlag,
} from '#flv';
import { ingestWarning, type IngestWarning, type IngestWarningCode } from './ingest-warning.ts';
import { compositionMsOf } from './picture-end.ts';
import { RateWindow } from './rate-window.ts';

/**
 * Platforms drop or warn of streams with keyframes farther apart (protocol facts: YouTube,
 * Facebook).
 */
export const KEYFRAME_INTERVAL_MS_MAX = 4000;
/** A track that has not shown itself by now is missing. */
export const TRACK_WAIT_MS = 4000;
/** A few late messages are the seam of two connections, not a habit. */
export const LATE_MESSAGES_MAX = 20;
/** Of so many keyframes one is looked at for the order of pictures behind it. */
export const ORDER_LOOK_KEYFRAMES = 8;
/** Frames whose times the frame rate is reckoned from; a power of two. */
const FRAME_TIMES = 128;
const BITS_PER_KBIT = 1000;

export interface VideoMeasure {
  /** FourCC, or a plain name for codecs that never had one. */
  readonly codec: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly framesPerSecond: number | null;
  readonly kbps: number;
  readonly keyframeIntervalMs: number | null;
  /** Pictures are sent in another order than they are shown; null until that can be told. */
  readonly hasBFrames: boolean | null;
}

export interface AudioMeasure {
  readonly codec: string;
  readonly sampleRateHz: number | null;
  readonly channels: number | null;
  readonly kbps: number;
}

/** One encoder connection as its owner should see it. Rates are over the last five seconds. */
export interface IngestMeasure {
  /** Of all tracks. */
  readonly kbps: number;
  readonly video: VideoMeasure | null;
  readonly audio: AudioMeasure | null;
  readonly faults: TimelineFaults;
  readonly warnings: readonly IngestWarning[];
}

/** What the timeline has seen go wrong within this encoder connection. */
export interface TimelineFaults {
  /** How often the encoder's clock was set. */
  readonly jumps: number;
  readonly lateMessages: number;
}

/**
 * Counts what one encoder connection sends. Track 0 stands for its kind; of further ones only the
 * bytes are counted.
 */
export class IngestMeter {
  readonly #beganMs: number;
  readonly #videoBytes: RateWindow;
  readonly #audioBytes: RateWindow;
  readonly #furtherBytes: RateWindow;
  readonly #frameTimes = new Float64Array(FRAME_TIMES);
  #frames = 0;
  #videoCodec: string | undefined = undefined;
  #width: number | null = null;
  #height: number | null = null;
  #audioCodec: string | undefined = undefined;
  #sampleRateHz: number | null = null;
  #channels: number | null = null;
  #keyframeMs = -1;
  #keyframeIntervalMs: number | null = null;
  /** Of a keyframe whose next picture has not come; NaN where there is none. */
  #keyframeShownMs = Number.NaN;
  #hasBFrames: boolean | null = null;
  #keyframes = 0;

  constructor(nowMs: number) {
    this.#beganMs = nowMs;
    this.#videoBytes = new RateWindow(nowMs);
    this.#audioBytes = new RateWindow(nowMs);
    this.#furtherBytes = new RateWindow(nowMs);
  }

  /**
   * A video message that is no header, with its `MediaFlag`s; `outputMs` is its time in the
   * broadcast.
   */
  addVideo(body: Uint8Array, flags: number, outputMs: number, nowMs: number): void {
    const ownBytes = this.#ownBytes('video', body, flags, nowMs);
    if (ownBytes === 0) return;
    this.#videoBytes.add(nowMs, ownBytes);
    if (this.#videoCodec === undefined) this.noteVideoHeader(body);
    this.#frameTimes[this.#frames % FRAME_TIMES] = outputMs;
    this.#frames += 1;
    if ((flags & MediaFlag.KEYFRAME) === 0) {
      if (!Number.isNaN(this.#keyframeShownMs)) this.#noteOrder(body);
      return;
    }
    this.#lookAtOrder(body);
    if (this.#keyframeMs >= 0) this.#keyframeIntervalMs = outputMs - this.#keyframeMs;
    this.#keyframeMs = outputMs;
  }

  /** Reading a picture's time costs more than all else here: not at each keyframe, nor for ever. */
  #lookAtOrder(keyframe: Uint8Array): void {
    const isDue = this.#keyframes % ORDER_LOOK_KEYFRAMES === 0;
    this.#keyframes += 1;
    if (!isDue || this.#hasBFrames === true) return;
    this.#keyframeShownMs = compositionMsOf(keyframe) ?? Number.NaN;
  }

  /**
   * Where others are shown before it, the picture behind a keyframe waits longer than that one. One
   * group of pictures may well have none, so what was seen once stays so.
   */
  #noteOrder(body: Uint8Array): void {
    const shownMs = compositionMsOf(body);
    if (shownMs !== undefined) this.#hasBFrames ||= shownMs !== this.#keyframeShownMs;
    this.#keyframeShownMs = Number.NaN;
  }

  /** An audio message that is no header, with its `MediaFlag`s. */
  addAudio(body: Uint8Array, flags: number, nowMs: number): void {
    const ownBytes = this.#ownBytes('audio', body, flags, nowMs);
    if (ownBytes === 0) return;
    this.#audioBytes.add(nowMs, ownBytes);
    if (this.#audioCodec === undefined) this.noteAudioHeader(body);
  }

  /** Media beside the tracks. */
  addFurther(bytes: number, nowMs: number): void {
    this.#furtherBytes.add(nowMs, bytes);
  }

  /** What of a message is track 0's, framing included; the rest is counted by itself. */
  #ownBytes(kind: 'audio' | 'video', body: Uint8Array, flags: number, nowMs: number): number {
    if ((flags & MediaFlag.MULTITRACK) === 0) return body.length;
    const isFurther = (flags & MediaFlag.FURTHER) !== 0;
    const further = isFurther ? body.length : furtherBytes(kind, body);
    this.#furtherBytes.add(nowMs, further);
    return body.length - further;
  }

  /** Codec and picture of track 0, from a configuration or, for codecs that have none, a frame. */
  noteVideoHeader(body: Uint8Array): void {
    const { packet, tracks } = describeVideo(body);
    const track = tracks.find(({ trackId }) => trackId === 0);
    if (track === undefined || packet === 'metadata') return;
    const config = packet === 'config' ? describeVideoConfig(track) : undefined;
    this.#videoCodec = track.codec;
    this.#width = config?.width ?? null;
    this.#height = config?.height ?? null;
  }

  noteAudioHeader(body: Uint8Array): void {
    const { packet, tracks } = describeAudio(body);
    const track = tracks.find(({ trackId }) => trackId === 0);
    if (track === undefined || packet === 'channels') return;
    const config = packet === 'config' ? describeAudioConfig(track) : undefined;
    this.#audioCodec = track.codec;
    this.#sampleRateHz = config?.sampleRateHz ?? null;
    this.#channels = config === undefined || config.channels === 0 ? null : config.channels;
  }

  measure(nowMs: number, faults: TimelineFaults): IngestMeasure {
    const video = this.#measureVideo(nowMs);
    const audio = this.#measureAudio(nowMs);
    const codes = this.#warningsOf(video, audio, nowMs);
    if (faults.lateMessages > LATE_MESSAGES_MAX) codes.push('INGEST_BADLY_INTERLEAVED');
    if (faults.jumps > 0) codes.push('INGEST_TIME_JUMPED');
    return {
      kbps: (video?.kbps ?? 0) + (audio?.kbps ?? 0) + kbpsOf(this.#furtherBytes.perSecond(nowMs)),
      video,
      audio,
      faults,
      warnings: codes.map(ingestWarning),
    };
  }

  #measureVideo(nowMs: number): VideoMeasure | null {
    if (this.#videoCodec === undefined) return null;
    return {
      codec: this.#videoCodec,
      width: this.#width,
      height: this.#height,
      framesPerSecond: this.#framesPerSecond(),
      kbps: kbpsOf(this.#videoBytes.perSecond(nowMs)),
      keyframeIntervalMs: this.#keyframeIntervalMs,
      hasBFrames: this.#hasBFrames,
    };
  }

  #measureAudio(nowMs: number): AudioMeasure | null {
    if (this.#audioCodec === undefined) return null;
    return {
      codec: this.#audioCodec,
      sampleRateHz: this.#sampleRateHz,
      channels: this.#channels,
      kbps: kbpsOf(this.#audioBytes.perSecond(nowMs)),
    };
  }

  /** From the frames' own times, to a tenth; null until a few frames have come. */
  #framesPerSecond(): number | null {
    const intervals = Math.min(this.#frames, FRAME_TIMES) - 1;
    if (intervals < 2) return null;
    const newest = this.#frameTimes[(this.#frames - 1) % FRAME_TIMES] ?? 0;
    const oldest = this.#frameTimes[(this.#frames - 1 - intervals) % FRAME_TIMES] ?? 0;
    if (newest <= oldest) return null;
    return Math.round((intervals * 10_000) / (newest - oldest)) / 10;
  }

  #warningsOf(
    video: VideoMeasure | null,
    audio: AudioMeasure | null,
    nowMs: number,
  ): IngestWarningCode[] {
    const codes: IngestWarningCode[] = [];
    const isSettled = nowMs - this.#beganMs >= TRACK_WAIT_MS;
    if (isSettled && video === null) codes.push('INGEST_NO_VIDEO');
    if (isSettled && audio === null) codes.push('INGEST_NO_AUDIO');
    if (isSettled && video !== null && this.#keyframeMs < 0) codes.push('INGEST_NO_KEYFRAME');
    if (this.#longestKeyframeGapMs() > KEYFRAME_INTERVAL_MS_MAX) {
      codes.push('INGEST_KEYFRAMES_FAR_APART');
    }
    if (video !== null && video.codec !== 'avc1') codes.push('INGEST_CODEC_NOT_EVERYWHERE');
    return codes;
  }

  /** The last whole interval, or the one that is still open when it is longer already. */
  #longestKeyframeGapMs(): number {
    if (this.#keyframeMs < 0) return 0;
    const newest = this.#frameTimes[(this.#frames - 1) % FRAME_TIMES] ?? 0;
    return Math.max(this.#keyframeIntervalMs ?? 0, newest - this.#keyframeMs);
  }
}

function kbpsOf(bytesPerSecond: number): number {
  return Math.round((bytesPerSecond * 8) / BITS_PER_KBIT);
}
