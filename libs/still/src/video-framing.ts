import { describeVideo } from '#flv';
import type { VideoTrack } from '#flv';
import type { StillMessage } from './still.ts';

const VIDEO = 9;
const KEYFRAME = 1;
const INTER_FRAME = 2;
/** AVCPacketType of legacy video, VideoPacketType of E-RTMP: coded frames. */
const FRAMES = 1;
const COMPOSITION_MS_MAX = 0x7f_ffff;
const legacyCodecs: Readonly<Record<string, number>> = { avc1: 7, hvc1: 12 };

/** How the encoder wraps the frames of its codec, one of those cut into NAL units. */
export interface VideoFraming {
  readonly codec: 'avc1' | 'hvc1';
  readonly isEnhanced: boolean;
}

/** A frame of track 0, in the order of coding. */
export interface TimedFrame {
  readonly data: Uint8Array;
  readonly timestampMs: number;
  readonly compositionTimeMs: number;
}

/** Of track 0; undefined where the message has no frame of it. */
export interface FoundFrame {
  readonly track: VideoTrack;
  readonly isEnhanced: boolean;
  readonly isKeyframe: boolean;
}

export function findFrame(body: Uint8Array): FoundFrame | undefined {
  const { packet, frame, enhanced, tracks } = describeVideo(body);
  const track = tracks.find(({ trackId }) => trackId === 0);
  if (packet !== 'frames' || track === undefined || track.data.length === 0) return undefined;
  const isKeyframe = frame === 'key' || frame === 'generated-key';
  return { track, isEnhanced: enhanced, isKeyframe };
}

/** A message body of `parts`; its composition time is zero until it is set. */
export function frameVideo(
  framing: VideoFraming,
  isKeyframe: boolean,
  parts: readonly Uint8Array[],
): Buffer {
  const type = (isKeyframe ? KEYFRAME : INTER_FRAME) << 4;
  const head = framing.isEnhanced
    ? [Buffer.of(0x80 | type | FRAMES), Buffer.from(framing.codec, 'latin1')]
    : [Buffer.of(type | (legacyCodecs[framing.codec] ?? 0), FRAMES)];
  return Buffer.concat([...head, Buffer.alloc(3), ...parts]);
}

/** Writes the composition time (SI24) into a body that `frameVideo` gave. */
export function setCompositionTime(
  framing: VideoFraming,
  body: Buffer,
  compositionTimeMs: number,
): Buffer {
  const bounded = Math.max(-COMPOSITION_MS_MAX, Math.min(COMPOSITION_MS_MAX, compositionTimeMs));
  body.writeIntBE(Math.round(bounded), framing.isEnhanced ? 5 : 2, 3);
  return body;
}

/** The newest decoder configuration of track 0. */
export function configurationOf(headers: readonly StillMessage[]): Uint8Array | undefined {
  return configuredTrack(headers)?.data;
}

/** With its codec. */
export function configuredTrack(headers: readonly StillMessage[]): VideoTrack | undefined {
  for (const { typeId, body } of headers.toReversed()) {
    const { packet, tracks } = describeVideo(typeId === VIDEO ? body : new Uint8Array());
    const track = tracks.find(({ trackId }) => trackId === 0);
    if (packet === 'config' && track !== undefined) return track;
  }
  return undefined;
}
