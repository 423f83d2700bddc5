import { AudioPacketType } from './audio-header.ts';
import { uint8At } from './bytes.ts';
import { describeAudio } from './describe-audio.ts';
import { describeVideo } from './describe-video.ts';
import { ExTag } from './ex-tag.ts';
import type { AudioPacket, MediaTrack, VideoPacket, VideoTraits } from './media-traits.ts';
import { AvcPacketType, VideoPacketType } from './video-header.ts';

/**
 * How a track is to be framed: as it came, but for its place among other tracks; or in the one or
 * the other framing where there are two for its codec (avc1, hvc1 as codec 12, mp4a, .mp3).
 */
export type Framing = 'as-is' | 'enhanced' | 'legacy';

/** CodecID of what the framing without FourCCs is known for. HEVC's is read and never written. */
const LEGACY_AVC = 7;
/** SoundFormat, 44 kHz, 16 bit, stereo: what every AAC has there, whatever it is. */
const LEGACY_AAC = 0xaf;
const LEGACY_MP3 = 0x2f;
const EX_VIDEO = 0x80;
const EX_AUDIO = 0x90;

/**
 * The body of the video message that a stream of this one track has in place of `body` (borrowed;
 * where nothing changes, the result is `body` itself). Undefined where nothing of it is in there,
 * or nothing that the framing could say: HDR metadata in the legacy one, whose nanoseconds are
 * lost too. Never throws. For renditions, not for the hot path: it allocates.
 */
export function pickVideo(
  body: Uint8Array,
  trackId: number,
  framing: Framing = 'as-is',
): Uint8Array | undefined {
  const traits = describeVideo(body);
  const track = trackOf(traits, trackId);
  if (track === undefined) return undefined;
  if (framing === 'legacy' && traits.enhanced && track.codec === 'avc1') {
    return legacyAvc(body, traits.packet, track.compositionTimeMs, track.data);
  }
  const isTwofold = track.codec === 'avc1' || track.codec === 'hvc1';
  if (framing === 'enhanced' && !traits.enhanced && isTwofold) return enhancedVideo(body, traits);
  return traits.multitrack ? alone(body, trackId, VideoPacketType.MULTITRACK) : body;
}

/** As `pickVideo`, of an audio message. What ends AAC or tells its channels is Enhanced only. */
export function pickAudio(
  body: Uint8Array,
  trackId: number,
  framing: Framing = 'as-is',
): Uint8Array | undefined {
  const traits = describeAudio(body);
  const track = trackOf(traits, trackId);
  if (track === undefined) return undefined;
  const { codec } = track;
  const isTwofold = codec === 'mp4a' || codec === '.mp3';
  if (isTwofold && framing === 'legacy' && traits.enhanced) {
    return codec === 'mp4a' ? legacyAac(traits.packet, track) : legacyMp3(traits.packet, track);
  }
  if (isTwofold && framing === 'enhanced' && !traits.enhanced) {
    const packetType =
      traits.packet === 'config' ? AudioPacketType.SEQUENCE_START : AudioPacketType.CODED_FRAMES;
    return joined([EX_AUDIO | packetType], Buffer.from(codec), track.data);
  }
  return traits.multitrack ? alone(body, trackId, AudioPacketType.MULTITRACK) : body;
}

function trackOf<Track extends MediaTrack>(
  {
    packet,
    tracks,
  }: { readonly packet: VideoPacket | AudioPacket; readonly tracks: readonly Track[] },
  trackId: number,
): Track | undefined {
  return packet === 'unknown' ? undefined : tracks.find((track) => track.trackId === trackId);
}

/** The track without its number, in a message of its own. */
function alone(body: Uint8Array, trackId: number, multitrack: number): Uint8Array | undefined {
  const tag = new ExTag();
  tag.readPacketType(body);
  const head = Uint8Array.from(body.subarray(0, tag.headEnd));
  tag.readTracksHeader(body, multitrack);
  while (tag.nextTrack(body)) {
    if (tag.trackId !== trackId) continue;
    const last = head.length - 1;
    head[last] = (uint8At(head, last) & 0xf0) | tag.packetType;
    const fourCc = Buffer.alloc(4);
    fourCc.writeInt32BE(tag.fourCc);
    return Buffer.concat([head, fourCc, body.subarray(tag.dataStart, tag.dataEnd)]);
  }
  return undefined;
}

function legacyAvc(
  body: Uint8Array,
  packet: VideoPacket,
  compositionTimeMs: number,
  data: Uint8Array,
): Uint8Array | undefined {
  const packetType = legacyAvcPacket(packet);
  if (packetType === undefined) return undefined;
  const first = (uint8At(body, 0) & 0x70) | LEGACY_AVC;
  return joined([first, packetType, ...int24(compositionTimeMs)], data);
}

function legacyAvcPacket(packet: VideoPacket): number | undefined {
  switch (packet) {
    case 'config':
      return AvcPacketType.SEQUENCE_HEADER;
    case 'frames':
      return AvcPacketType.NAL_UNITS;
    case 'end':
      return AvcPacketType.END_OF_SEQUENCE;
    default:
      return undefined;
  }
}

function enhancedVideo(body: Uint8Array, { packet, tracks }: VideoTraits): Uint8Array | undefined {
  const [track] = tracks;
  if (track === undefined) return undefined;
  const first = EX_VIDEO | (uint8At(body, 0) & 0x70);
  const fourCc = Buffer.from(track.codec);
  const { compositionTimeMs, data } = track;
  if (packet === 'config') return joined([first], fourCc, data);
  if (packet === 'end') return joined([first | VideoPacketType.SEQUENCE_END], fourCc, data);
  if (compositionTimeMs === 0) {
    return joined([first | VideoPacketType.CODED_FRAMES_X], fourCc, data);
  }
  const time = Buffer.from(int24(compositionTimeMs));
  return joined([first | VideoPacketType.CODED_FRAMES], fourCc, time, data);
}

function legacyAac(packet: AudioPacket, { data }: MediaTrack): Uint8Array | undefined {
  if (packet === 'config') return joined([LEGACY_AAC, 0], data);
  return packet === 'frames' ? joined([LEGACY_AAC, 1], data) : undefined;
}

function legacyMp3(packet: AudioPacket, { data }: MediaTrack): Uint8Array | undefined {
  return packet === 'frames' ? joined([LEGACY_MP3], data) : undefined;
}

function int24(value: number): readonly number[] {
  return [(value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
}

function joined(head: readonly number[], ...rest: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([Buffer.from(head), ...rest]);
}
