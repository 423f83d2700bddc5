import { isLastingMessage, joinUnits, splitUnits } from './nal-stream.ts';
import { REPEAT_MS } from './pace.ts';
import { Presentation } from './presentation.ts';
import { noVideo } from './still.ts';
import type { StillVideo } from './still.ts';
import { frameVideo, setCompositionTime } from './video-framing.ts';
import type { TimedFrame, VideoFraming } from './video-framing.ts';

/** nal_unit_type, H.265 table 7-1. */
export const HevcUnit = {
  BLA_W_LP: 16,
  BLA_N_LP: 18,
  CRA: 21,
  PREFIX_MESSAGE: 39,
  SUFFIX_MESSAGE: 40,
} as const;

/** As people say. */
const codecNames: Readonly<Record<string, string>> = {
  hvc1: 'HEVC',
  vvc1: 'VVC',
  av01: 'AV1',
  vp08: 'VP8',
  vp09: 'VP9',
};

const HEADER_BYTES = 2;
/** lengthSizeMinusOne of an HEVCDecoderConfigurationRecord, ISO/IEC 14496-15 section 8.3.3.1. */
const LENGTH_SIZE_OFFSET = 21;

export function hevcUnitType(unit: Uint8Array): number {
  return ((unit[0] ?? 0) >> 1) & 0x3f;
}

/** The first of `frames` again and again: each opens a new sequence (H.265 section 7.4.2.2). */
export function makeHevcStill(
  framing: VideoFraming,
  record: Uint8Array | undefined,
  frames: readonly TimedFrame[],
): StillVideo {
  const lengthBytes = record === undefined ? 4 : ((record[LENGTH_SIZE_OFFSET] ?? 3) & 3) + 1;
  const [keyframe] = frames;
  const units = keyframe && splitUnits(keyframe.data, lengthBytes);
  if (keyframe === undefined || units === undefined) {
    return noVideo('its keyframe is not understood');
  }
  const isWhole = units.filter(isHevcSlice).every(isHevcEntry) && units.some(isHevcEntry);
  if (!isWhole) return noVideo('no keyframe stands for itself');
  const parts = joinUnits(units.filter(isRepeated).map(asEntry), lengthBytes);
  const body = frameVideo(framing, true, parts);
  const presentation = new Presentation(frames);
  return repeated(framing.codec, (dtsMs) => {
    return setCompositionTime(framing, body, presentation.next(dtsMs));
  });
}

/** Of codecs whose frames are taken as they are: the keyframe's message, again and again. */
export function makeRepeatedMessage(codec: string, keyframe: Uint8Array): StillVideo {
  const body = Buffer.from(keyframe);
  return repeated(codec, () => body);
}

function repeated(codec: string, video: (dtsMs: number) => Buffer): StillVideo {
  const name = codecNames[codec] ?? codec;
  const reason = `the last picture cannot be held in ${name}, but its keyframe can`;
  const pace = { frameMs: REPEAT_MS, keyframeMs: REPEAT_MS };
  return { picture: 'keyframe', reason, ...pace, video: (_, dtsMs) => video(dtsMs) };
}

/** An intra random access picture of the base layer. */
export function isHevcEntry(unit: Uint8Array): boolean {
  const type = hevcUnitType(unit);
  return type >= HevcUnit.BLA_W_LP && type <= HevcUnit.CRA;
}

function isHevcSlice(unit: Uint8Array): boolean {
  return hevcUnitType(unit) < 32;
}

function isRepeated(unit: Uint8Array): boolean {
  const type = hevcUnitType(unit);
  const isMessage = type === HevcUnit.PREFIX_MESSAGE || type === HevcUnit.SUFFIX_MESSAGE;
  return !isMessage || isLastingMessage(unit, HEADER_BYTES);
}

/**
 * A clean random access picture in the middle of a sequence continues it; as a broken link it opens
 * one. The slice headers of both are alike (section 7.3.6.1).
 */
function asEntry(unit: Uint8Array): Uint8Array {
  if (hevcUnitType(unit) !== HevcUnit.CRA) return unit;
  const entry = Uint8Array.from(unit);
  entry[0] = ((unit[0] ?? 0) & 0x81) | (HevcUnit.BLA_N_LP << 1);
  return entry;
}
