import { AAC_HEADER_BYTES, AudioPacketType, SoundFormat } from './audio-header.ts';
import { uint8At } from './bytes.ts';
import { ExTag } from './ex-tag.ts';
import { fourCcName, legacyAudioCodecs } from './four-cc.ts';
import type { MediaFault } from './media-fault.ts';
import type { AudioPacket, AudioTraits, MediaTrack } from './media-traits.ts';

const aacPackets: readonly AudioPacket[] = ['config', 'frames'];

/** By AudioPacketType. Multitrack and ModEx are spent; the rest is reserved. */
const packets: readonly AudioPacket[] = ['config', 'frames', 'end', 'unknown', 'channels'];

/** All that the header of an audio message says. Its tracks are views of `body`. Never throws. */
export function describeAudio(body: Uint8Array): AudioTraits {
  const format = uint8At(body, 0) >> 4;
  if (body.length === 0) return plain('empty', []);
  if (format === SoundFormat.EX_HEADER) return describeEnhanced(body);
  const codec = legacyAudioCodecs[format] ?? 'unknown';
  if (format !== SoundFormat.AAC) {
    return plain('frames', [{ trackId: 0, codec, data: body.subarray(1) }]);
  }
  if (body.length < AAC_HEADER_BYTES) return malformed(false, 'BODY_TRUNCATED');
  const packet = aacPackets[uint8At(body, 1)] ?? 'unknown';
  const data = body.subarray(AAC_HEADER_BYTES);
  return plain(packet, packet === 'unknown' ? [] : [{ trackId: 0, codec, data }]);
}

function plain(packet: AudioPacket, tracks: readonly MediaTrack[]): AudioTraits {
  const fault = undefined;
  return { enhanced: false, multitrack: false, timestampOffsetNs: 0, fault, packet, tracks };
}

function malformed(enhanced: boolean, fault: MediaFault | undefined): AudioTraits {
  return { ...plain('malformed', []), enhanced, fault };
}

function describeEnhanced(body: Uint8Array): AudioTraits {
  const tag = new ExTag();
  if (!tag.readPacketType(body)) return malformed(true, tag.fault);
  if (!tag.readTracksHeader(body, AudioPacketType.MULTITRACK)) return malformed(true, tag.fault);
  const tracks: MediaTrack[] = [];
  while (tag.nextTrack(body)) {
    const data = body.subarray(tag.dataStart, tag.dataEnd);
    tracks.push({ trackId: tag.trackId, codec: fourCcName(tag.fourCc), data });
  }
  if (tag.fault !== undefined) return malformed(true, tag.fault);
  const packet = tag.isLayoutKnown ? (packets[tag.packetType] ?? 'unknown') : 'unknown';
  const { isMultitrack: multitrack, timestampOffsetNs } = tag;
  return { enhanced: true, multitrack, timestampOffsetNs, fault: undefined, packet, tracks };
}
