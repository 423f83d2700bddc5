import { assert } from '#kernel';
import { MessageType } from '#rtmp';

/** Parameter sets of a real encoder (H.264 Baseline, 160 by 96): peers that look find a picture. */
const VIDEO_CONFIG = Buffer.from(
  '17000000000142c00cffe100176742c00cd9028db011000003000100000300780f142a4801000568cb83cb20',
  'hex',
);
/** A black picture of that size, and one like the picture before. */
const BLACK_SLICE = Buffer.from(
  `65888409f2628000a16c${'9c'.repeat(8)}9d${'75d75d'.repeat(12)}75e0`,
  'hex',
);
const SAME_SLICE = Buffer.from('419a3813e0f6', 'hex');
/** The type of a NAL unit that decoders leave out: it makes a frame as long as it is to be. */
const FILLER_NAL = 0x0c;
/** AAC LC, 48 kHz, two channels. */
const AUDIO_CONFIG = Buffer.from('af001190', 'hex');

const FRAMES_PER_SECOND_DEFAULT = 60;
const SAMPLES_PER_SECOND = 48_000;
const SAMPLES_PER_FRAME = 1_024;
const KEYFRAME_SECONDS = 2;
const AUDIO_BITS_PER_SECOND = 128_000;
/** A keyframe is as long as this many other frames. */
const KEYFRAME_WEIGHT = 10;
/** FLV's header of a video message, and the length before each NAL unit. */
const VIDEO_HEADER_BYTES = 5;
const NAL_LENGTH_BYTES = 4;
/** Behind the filler's first byte: a time and a number. */
const STAMP_BYTES = 12;

/** What a sink finds in a video message: when it was sent, and which one it is. */
export interface Stamp {
  /** Kernel's monotonic clock, which all processes share. */
  readonly sentAtMs: number;
  readonly frame: number;
}

export interface SyntheticMessage {
  readonly type: number;
  readonly timestampMs: number;
  readonly payload: Buffer;
}

/** Of sound and picture together, and how many pictures a second. */
export interface EncoderRate {
  readonly kbps: number;
  readonly framesPerSecond?: number;
}

/**
 * What an encoder sends, without pictures or sound in it: 60 video messages a second, or as many as
 * it is told, with a keyframe every two seconds, 47 audio messages a second, at a constant bitrate.
 * Video messages carry a stamp.
 */
export class SyntheticEncoder {
  readonly #keyframe: Buffer;
  readonly #otherFrame: Buffer;
  readonly #audio: Buffer;
  readonly #framesPerSecond: number;
  #videoSent = 0;
  #audioSent = 0;

  constructor({ kbps, framesPerSecond = FRAMES_PER_SECOND_DEFAULT }: EncoderRate) {
    this.#framesPerSecond = framesPerSecond;
    const videoBytes = ((kbps * 1_000 - AUDIO_BITS_PER_SECOND) / 8) * KEYFRAME_SECONDS;
    const frames = KEYFRAME_SECONDS * framesPerSecond;
    const frameBytes = Math.floor(videoBytes / (frames - 1 + KEYFRAME_WEIGHT));
    const audioFrames = SAMPLES_PER_SECOND / SAMPLES_PER_FRAME;
    this.#keyframe = videoMessage(true, frameBytes * KEYFRAME_WEIGHT);
    this.#otherFrame = videoMessage(false, frameBytes);
    this.#audio = filled(Math.floor(AUDIO_BITS_PER_SECOND / 8 / audioFrames));
    this.#audio.writeUInt16BE(0xaf01, 0);
  }

  /** What comes before the first frame. */
  headers(): SyntheticMessage[] {
    return [
      { type: MessageType.AUDIO, timestampMs: 0, payload: AUDIO_CONFIG },
      { type: MessageType.VIDEO, timestampMs: 0, payload: VIDEO_CONFIG },
    ];
  }

  /** When the next message is due, in milliseconds from the first. */
  get dueAtMs(): number {
    return Math.min(this.#videoDueAtMs, this.#audioDueAtMs);
  }

  /** The next message. Its payload is used again by the one after it. */
  next(sentAtMs: number): SyntheticMessage {
    const timestampMs = Math.floor(this.dueAtMs);
    if (this.#audioDueAtMs < this.#videoDueAtMs) {
      this.#audioSent += 1;
      return { type: MessageType.AUDIO, timestampMs, payload: this.#audio };
    }
    const frame = this.#videoSent;
    const isKeyframe = frame % (KEYFRAME_SECONDS * this.#framesPerSecond) === 0;
    const payload = isKeyframe ? this.#keyframe : this.#otherFrame;
    const at = stampAt(payload);
    payload.writeDoubleBE(sentAtMs, at);
    payload.writeUInt32BE(frame, at + 8);
    this.#videoSent += 1;
    return { type: MessageType.VIDEO, timestampMs, payload };
  }

  get #videoDueAtMs(): number {
    return (this.#videoSent * 1_000) / this.#framesPerSecond;
  }

  get #audioDueAtMs(): number {
    return (this.#audioSent * SAMPLES_PER_FRAME * 1_000) / SAMPLES_PER_SECOND;
  }
}

/** Undefined for headers, and for the pictures of a relay that holds: they end with their slice. */
export function readStamp(payload: Buffer): Stamp | undefined {
  if (payload[1] !== 1) return undefined;
  const at = stampAt(payload);
  if (at + STAMP_BYTES > payload.length) return undefined;
  return { sentAtMs: payload.readDoubleBE(at), frame: payload.readUInt32BE(at + 8) };
}

function stampAt(payload: Buffer): number {
  const sliceBytes = payload.readUInt32BE(VIDEO_HEADER_BYTES);
  return VIDEO_HEADER_BYTES + NAL_LENGTH_BYTES + sliceBytes + NAL_LENGTH_BYTES + 1;
}

function videoMessage(isKeyframe: boolean, bytes: number): Buffer {
  const slice = isKeyframe ? BLACK_SLICE : SAME_SLICE;
  const message = filled(bytes);
  let at = message.writeUIntBE(isKeyframe ? 0x17_01_00_00_00 : 0x27_01_00_00_00, 0, 5);
  at = message.writeUInt32BE(slice.length, at);
  at += slice.copy(message, at);
  const fillerBytes = bytes - at - NAL_LENGTH_BYTES;
  assert(fillerBytes > STAMP_BYTES, 'a frame has room for its stamp');
  at = message.writeUInt32BE(fillerBytes, at);
  message.writeUInt8(FILLER_NAL, at);
  return message;
}

/** Bytes that no compression on the way could make smaller. */
function filled(bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  let state = 0x9e37_79b9;
  for (let at = 0; at < bytes; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    buffer[at] = state >>> 24;
  }
  return buffer;
}
