import { AvcUnit, avcUnitType } from './avc-sets.ts';
import { isHevcEntry } from './key-still.ts';
import { splitUnits } from './nal-stream.ts';
import { findFrame } from './video-framing.ts';

const VIDEO = 9;
/** Which of them it is stands in the configuration; the first is all that encoders use. */
const lengthsBytes = [4, 3, 2, 1] as const;

/**
 * Whether a decoder that has seen another encoder's pictures before may begin here: a keyframe that
 * is an IDR (H.264) or a random access picture (HEVC), and any keyframe of other codecs. Never
 * throws.
 */
export function isCleanEntry(typeId: number, body: Uint8Array): boolean {
  const frame = typeId === VIDEO ? findFrame(body) : undefined;
  if (frame === undefined || !frame.isKeyframe) return false;
  const { codec, data } = frame.track;
  if (codec === 'avc1') return someUnit(data, (unit) => avcUnitType(unit) === AvcUnit.IDR);
  if (codec === 'hvc1') return someUnit(data, isHevcEntry);
  return true;
}

function someUnit(data: Uint8Array, is: (unit: Uint8Array) => boolean): boolean {
  for (const lengthBytes of lengthsBytes) {
    const units = splitUnits(data, lengthBytes);
    if (units !== undefined) return units.some(is);
  }
  return false;
}
