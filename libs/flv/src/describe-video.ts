import { int24At, uint8At } from './bytes.ts';
import { ExTag } from './ex-tag.ts';
import { fourCcName, legacyVideoCodecs } from './four-cc.ts';
import type { MediaFault } from './media-fault.ts';
import type { VideoFrame, VideoPacket, VideoTrack, VideoTraits } from './media-traits.ts';
import { hasCompositionTime } from './video-flags.ts';
import { AVC_HEADER_BYTES, FrameType, hasAvcHeader, VideoPacketType } from './video-header.ts';

const frames: readonly VideoFrame[] = [
  'reserved',
  'key',
  'inter',
  'disposable',
  'generated-key',
  'command',
  'reserved',
  'reserved',
];

const avcPackets: readonly VideoPacket[] = ['config', 'frames', 'end'];

/** By VideoPacketType. Multitrack and ModEx are spent; the rest is reserved. */
const packets: readonly VideoPacket[] = ['config', 'frames', 'end', 'frames', 'metadata', 'config'];

/** All that the header of a video message says. Its tracks are views of `body`. Never throws. */
export function describeVideo(body: Uint8Array): VideoTraits {
  const first = uint8At(body, 0);
  const enhanced = (first & 0x80) !== 0;
  const common = {
    enhanced,
    multitrack: false,
    frame: frames[(first >> 4) & 0x07] ?? 'reserved',
    timestampOffsetNs: 0,
    fault: undefined,
  };
  if (body.length === 0) return { ...common, packet: 'empty', tracks: [] };
  if (enhanced) return describeEnhanced(body, common);
  if (common.frame === 'command') return { ...common, packet: 'command', tracks: [] };
  return describeLegacy(body, common);
}

type Common = Omit<VideoTraits, 'packet' | 'tracks'>;

function malformed(common: Common, fault: MediaFault | undefined): VideoTraits {
  return { ...common, multitrack: false, packet: 'malformed', tracks: [], fault };
}

function describeLegacy(body: Uint8Array, common: Common): VideoTraits {
  const codecId = uint8At(body, 0) & 0x0f;
  const codec = legacyVideoCodecs[codecId] ?? 'unknown';
  if (!hasAvcHeader(codecId)) {
    const track = { trackId: 0, codec, compositionTimeMs: 0, data: body.subarray(1) };
    return { ...common, packet: 'frames', tracks: [track] };
  }
  if (body.length < 2) return malformed(common, 'BODY_TRUNCATED');
  const packet = avcPackets[uint8At(body, 1)] ?? 'unknown';
  if (packet === 'unknown') return { ...common, packet, tracks: [] };
  if (packet !== 'end' && body.length < AVC_HEADER_BYTES) {
    return malformed(common, 'BODY_TRUNCATED');
  }
  const data = body.subarray(AVC_HEADER_BYTES);
  const compositionTimeMs = packet === 'frames' ? int24At(body, 2) : 0;
  return { ...common, packet, tracks: [{ trackId: 0, codec, compositionTimeMs, data }] };
}

function describeEnhanced(body: Uint8Array, common: Common): VideoTraits {
  const tag = new ExTag();
  if (!tag.readPacketType(body)) return malformed(common, tag.fault);
  const frameType = (uint8At(body, 0) >> 4) & 0x07;
  const { timestampOffsetNs } = tag;
  if (frameType === FrameType.COMMAND && tag.packetType !== VideoPacketType.METADATA) {
    return { ...common, timestampOffsetNs, packet: 'command', tracks: [] };
  }
  if (!tag.readTracksHeader(body, VideoPacketType.MULTITRACK)) return malformed(common, tag.fault);
  const tracks: VideoTrack[] = [];
  while (tag.nextTrack(body)) {
    const { trackId, dataEnd } = tag;
    const timed = hasCompositionTime(tag);
    if (timed && dataEnd - tag.dataStart < 3) return malformed(common, 'BODY_TRUNCATED');
    tracks.push({
      trackId,
      codec: fourCcName(tag.fourCc),
      compositionTimeMs: timed ? int24At(body, tag.dataStart) : 0,
      data: body.subarray(timed ? tag.dataStart + 3 : tag.dataStart, dataEnd),
    });
  }
  if (tag.fault !== undefined) return malformed(common, tag.fault);
  const packet = tag.isLayoutKnown ? (packets[tag.packetType] ?? 'unknown') : 'unknown';
  return { ...common, multitrack: tag.isMultitrack, timestampOffsetNs, packet, tracks };
}
