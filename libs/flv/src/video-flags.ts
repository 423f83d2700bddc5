import { int32At, uint8At } from './bytes.ts';
import { ExTag } from './ex-tag.ts';
import { hasNalUnits } from './four-cc.ts';
import { MediaFlag } from './media-flag.ts';
import {
  AVC_HEADER_BYTES,
  AvcPacketType,
  FrameType,
  hasAvcHeader,
  VideoPacketType,
} from './video-header.ts';

const COMPOSITION_TIME_BYTES = 3;
const MALFORMED = MediaFlag.ENHANCED | MediaFlag.MALFORMED;
const tag = new ExTag();

/** `MediaFlag`s of a video message body (borrowed). Never throws, allocates nothing. */
export function videoFlags(body: Uint8Array): number {
  if (body.length === 0) return MediaFlag.EMPTY;
  const first = uint8At(body, 0);
  const frameType = (first >> 4) & 0x07;
  if ((first & 0x80) !== 0) return enhancedFlags(body, frameType);
  if (frameType === FrameType.COMMAND) return MediaFlag.COMMAND;
  if (hasAvcHeader(first & 0x0f)) return avcFlags(body, frameType);
  return body.length === 1 ? MediaFlag.EMPTY : frameFlags(frameType);
}

function avcFlags(body: Uint8Array, frameType: number): number {
  if (body.length < 2) return MediaFlag.MALFORMED;
  const packetType = uint8At(body, 1);
  // The composition time of an end of sequence means nothing, and is sometimes left away.
  if (packetType === AvcPacketType.END_OF_SEQUENCE) return MediaFlag.END_OF_SEQUENCE;
  if (packetType > AvcPacketType.END_OF_SEQUENCE) return MediaFlag.UNKNOWN;
  if (body.length < AVC_HEADER_BYTES) return MediaFlag.MALFORMED;
  if (packetType === AvcPacketType.SEQUENCE_HEADER) {
    const empty = body.length === AVC_HEADER_BYTES ? MediaFlag.EMPTY : 0;
    return MediaFlag.SEQUENCE_HEADER | empty;
  }
  const filled = holdsNalUnit(body, AVC_HEADER_BYTES, body.length);
  return filled ? frameFlags(frameType) : MediaFlag.EMPTY;
}

function enhancedFlags(body: Uint8Array, frameType: number): number {
  if (!tag.readPacketType(body)) return MALFORMED;
  if (frameType === FrameType.COMMAND && tag.packetType !== VideoPacketType.METADATA) {
    return MediaFlag.ENHANCED | MediaFlag.COMMAND;
  }
  if (!tag.readTracksHeader(body, VideoPacketType.MULTITRACK)) return MALFORMED;
  const layout = MediaFlag.ENHANCED | (tag.isMultitrack ? MediaFlag.MULTITRACK : 0);
  if (!tag.isLayoutKnown) return layout | MediaFlag.UNKNOWN;
  let filled = false;
  let withTrackZero = false;
  while (tag.nextTrack(body)) {
    if (hasCompositionTime(tag)) tag.dataStart += COMPOSITION_TIME_BYTES;
    if (tag.dataStart > tag.dataEnd) return MALFORMED;
    filled ||= holdsMedia(body, tag);
    withTrackZero ||= tag.trackId === 0;
  }
  if (tag.fault !== undefined) return MALFORMED;
  const framing = layout | (withTrackZero ? 0 : MediaFlag.FURTHER);
  switch (tag.packetType) {
    case VideoPacketType.SEQUENCE_START:
    case VideoPacketType.MPEG2_TS_SEQUENCE_START:
      return framing | MediaFlag.SEQUENCE_HEADER | (filled ? 0 : MediaFlag.EMPTY);
    case VideoPacketType.CODED_FRAMES:
    case VideoPacketType.CODED_FRAMES_X:
      if (!filled) return framing | MediaFlag.EMPTY;
      return framing | (frameFlags(frameType) & (withTrackZero ? -1 : ~MediaFlag.KEYFRAME));
    case VideoPacketType.SEQUENCE_END:
      return framing | MediaFlag.END_OF_SEQUENCE;
    case VideoPacketType.METADATA:
      return framing | MediaFlag.METADATA;
    default:
      return framing | MediaFlag.UNKNOWN;
  }
}

function frameFlags(frameType: number): number {
  switch (frameType) {
    case FrameType.KEY:
    case FrameType.GENERATED_KEY:
      return MediaFlag.KEYFRAME;
    case FrameType.DISPOSABLE:
      return MediaFlag.DISPOSABLE;
    default:
      return 0;
  }
}

/** The data of a track starts with its composition time offset (SI24). */
export function hasCompositionTime(tag: ExTag): boolean {
  return tag.packetType === VideoPacketType.CODED_FRAMES && hasNalUnits(tag.fourCc);
}

/** Of the track at which `tag` stands, its data behind any composition time. */
export function holdsMedia(body: Uint8Array, tag: ExTag): boolean {
  const isFrame =
    tag.packetType === VideoPacketType.CODED_FRAMES ||
    tag.packetType === VideoPacketType.CODED_FRAMES_X;
  if (isFrame && hasNalUnits(tag.fourCc)) return holdsNalUnit(body, tag.dataStart, tag.dataEnd);
  return tag.dataEnd > tag.dataStart;
}

/** False for frames of units of no length, as some drones send: receivers may choke on them. */
export function holdsNalUnit(body: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (end - at >= 4 && int32At(body, at) === 0) at += 4;
  return end - at >= 4;
}
