import { AAC_HEADER_BYTES, AacPacketType, AudioPacketType, SoundFormat } from './audio-header.ts';
import { uint8At } from './bytes.ts';
import { ExTag } from './ex-tag.ts';
import { MediaFlag } from './media-flag.ts';

const MALFORMED = MediaFlag.ENHANCED | MediaFlag.MALFORMED;
const tag = new ExTag();

/** `MediaFlag`s of an audio message body (borrowed). Never throws, allocates nothing. */
export function audioFlags(body: Uint8Array): number {
  if (body.length === 0) return MediaFlag.EMPTY;
  const format = uint8At(body, 0) >> 4;
  if (format === SoundFormat.EX_HEADER) return enhancedFlags(body);
  if (format === SoundFormat.AAC) return aacFlags(body);
  return body.length === 1 ? MediaFlag.EMPTY : 0;
}

function aacFlags(body: Uint8Array): number {
  if (body.length < AAC_HEADER_BYTES) return MediaFlag.MALFORMED;
  const empty = body.length === AAC_HEADER_BYTES ? MediaFlag.EMPTY : 0;
  switch (uint8At(body, 1)) {
    case AacPacketType.SEQUENCE_HEADER:
      return MediaFlag.SEQUENCE_HEADER | empty;
    case AacPacketType.RAW:
      return empty;
    default:
      return MediaFlag.UNKNOWN;
  }
}

function enhancedFlags(body: Uint8Array): number {
  if (!tag.readPacketType(body)) return MALFORMED;
  if (!tag.readTracksHeader(body, AudioPacketType.MULTITRACK)) return MALFORMED;
  const layout = MediaFlag.ENHANCED | (tag.isMultitrack ? MediaFlag.MULTITRACK : 0);
  if (!tag.isLayoutKnown) return layout | MediaFlag.UNKNOWN;
  let filled = false;
  let withTrackZero = false;
  while (tag.nextTrack(body)) {
    filled ||= tag.dataEnd > tag.dataStart;
    withTrackZero ||= tag.trackId === 0;
  }
  if (tag.fault !== undefined) return MALFORMED;
  const framing = layout | (withTrackZero ? 0 : MediaFlag.FURTHER);
  switch (tag.packetType) {
    case AudioPacketType.SEQUENCE_START:
      // May rightly be empty: AC-3 and MP3 need no configuration, and that of Opus is optional.
      return framing | MediaFlag.SEQUENCE_HEADER;
    case AudioPacketType.CODED_FRAMES:
      return framing | (filled ? 0 : MediaFlag.EMPTY);
    case AudioPacketType.SEQUENCE_END:
      return framing | MediaFlag.END_OF_SEQUENCE;
    case AudioPacketType.MULTICHANNEL_CONFIG:
      return framing | MediaFlag.MULTICHANNEL_CONFIG | (filled ? 0 : MediaFlag.EMPTY);
    default:
      return framing | MediaFlag.UNKNOWN;
  }
}
