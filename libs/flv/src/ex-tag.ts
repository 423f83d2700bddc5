import { int32At, uint16At, uint24At, uint8At } from './bytes.ts';
import { MOD_EX_MAX, TRACKS_MAX } from './media-fault.ts';
import type { MediaFault } from './media-fault.ts';

/** AvMultitrackType, and one number more for a message without track ids. */
export const MultitrackType = {
  NONE: -1,
  ONE_TRACK: 0,
  MANY_TRACKS: 1,
  MANY_TRACKS_MANY_CODECS: 2,
} as const;

const MOD_EX_PACKET = 7;
const MOD_EX_TIMESTAMP_OFFSET_NANO = 0;
const NANO_OFFSET_MAX = 999_999;

/**
 * The header that audio and video of Enhanced RTMP share (E-RTMP v2, ExAudioTagHeader and
 * ExVideoTagHeader), and a walk over the tracks behind it.
 *
 *     1 byte   kind (4) | packet type (4)
 *     ModEx*   size-1 UI8 [0xff: size-1 UI16], data, ModEx type (4) | packet type (4)
 *     plain    FourCC, data
 *     tracks   multitrack type (4) | packet type (4), then
 *       one              FourCC, id UI8, data
 *       many             FourCC, (id UI8, size UI24, data)*
 *       many, many codecs        (FourCC, id UI8, size UI24, data)*
 *
 * One instance is read into again and again, so that the hot path allocates nothing:
 * `readPacketType`, then `readTracksHeader`, then `nextTrack` until it says no, then see `fault`.
 */
export class ExTag {
  packetType = 0;
  multitrackType: number = MultitrackType.NONE;
  /** To be added to the presentation time, in nanoseconds. */
  timestampOffsetNs = 0;
  fault: MediaFault | undefined = undefined;
  /** Behind the byte whose lower half is the packet type: the first one, or the last modifier's. */
  headEnd = 0;

  /** Of the track that `nextTrack` found: FourCC as `int32At` reads it. */
  fourCc = 0;
  trackId = 0;
  dataStart = 0;
  dataEnd = 0;

  #at = 0;
  #trackCount = 0;

  /** The packet type behind all modifiers. False, and a fault, where they cannot be followed. */
  readPacketType(body: Uint8Array): boolean {
    this.packetType = uint8At(body, 0) & 0x0f;
    this.multitrackType = MultitrackType.NONE;
    this.timestampOffsetNs = 0;
    this.fault = undefined;
    this.#at = 1;
    this.#trackCount = 0;
    for (let count = 0; this.packetType === MOD_EX_PACKET; count += 1) {
      if (count === MOD_EX_MAX) return this.#fail('MOD_EX_TOO_MANY');
      if (!this.#readModEx(body)) return this.#fail('BODY_TRUNCATED');
    }
    this.headEnd = this.#at;
    return true;
  }

  /** `multitrackPacketType` is 5 for audio and 6 for video. */
  readTracksHeader(body: Uint8Array, multitrackPacketType: number): boolean {
    if (this.packetType !== multitrackPacketType) return this.#readFourCc(body);
    if (this.#at >= body.length) return this.#fail('BODY_TRUNCATED');
    const types = uint8At(body, this.#at);
    this.#at += 1;
    this.multitrackType = types >> 4;
    this.packetType = types & 0x0f;
    if (this.packetType === multitrackPacketType) return this.#fail('MULTITRACK_NESTED');
    if (!this.isLayoutKnown) return true;
    if (this.multitrackType === MultitrackType.MANY_TRACKS_MANY_CODECS) return true;
    return this.#readFourCc(body);
  }

  /** False for the reserved multitrack types: what follows them is nobody's guess. */
  get isLayoutKnown(): boolean {
    return this.multitrackType <= MultitrackType.MANY_TRACKS_MANY_CODECS;
  }

  get isMultitrack(): boolean {
    return this.multitrackType !== MultitrackType.NONE;
  }

  /** Moves to the next track of the message; a message without track ids has one, with id 0. */
  nextTrack(body: Uint8Array): boolean {
    if (this.multitrackType <= MultitrackType.ONE_TRACK) return this.#onlyTrack(body);
    // A message of many tracks has one at least.
    if (!this.isLayoutKnown || (this.#trackCount > 0 && this.#at === body.length)) return false;
    if (this.#trackCount === TRACKS_MAX) return this.#fail('TRACKS_TOO_MANY');
    if (this.multitrackType === MultitrackType.MANY_TRACKS_MANY_CODECS) {
      if (!this.#readFourCc(body)) return false;
    }
    if (body.length - this.#at < 4) return this.#fail('BODY_TRUNCATED');
    this.trackId = uint8At(body, this.#at);
    this.dataStart = this.#at + 4;
    this.dataEnd = this.dataStart + uint24At(body, this.#at + 1);
    if (this.dataEnd > body.length) return this.#fail('TRACK_SIZE_PAST_END');
    this.#at = this.dataEnd;
    this.#trackCount += 1;
    return true;
  }

  #onlyTrack(body: Uint8Array): boolean {
    if (this.#trackCount > 0) return false;
    this.trackId = 0;
    if (this.isMultitrack) {
      if (this.#at >= body.length) return this.#fail('BODY_TRUNCATED');
      this.trackId = uint8At(body, this.#at);
      this.#at += 1;
    }
    this.dataStart = this.#at;
    this.dataEnd = body.length;
    this.#trackCount = 1;
    return true;
  }

  #readModEx(body: Uint8Array): boolean {
    if (this.#at >= body.length) return false;
    let size = uint8At(body, this.#at) + 1;
    this.#at += 1;
    if (size === 256) {
      size = uint16At(body, this.#at) + 1;
      this.#at += 2;
    }
    const start = this.#at;
    this.#at += size;
    if (this.#at >= body.length) return false;
    const types = uint8At(body, this.#at);
    this.#at += 1;
    this.packetType = types & 0x0f;
    if (types >> 4 === MOD_EX_TIMESTAMP_OFFSET_NANO && size >= 3) {
      const offsetNs = uint24At(body, start);
      if (offsetNs <= NANO_OFFSET_MAX) this.timestampOffsetNs = offsetNs;
    }
    return true;
  }

  #readFourCc(body: Uint8Array): boolean {
    if (body.length - this.#at < 4) return this.#fail('BODY_TRUNCATED');
    this.fourCc = int32At(body, this.#at);
    this.#at += 4;
    return true;
  }

  #fail(fault: MediaFault): false {
    this.fault = fault;
    return false;
  }
}
