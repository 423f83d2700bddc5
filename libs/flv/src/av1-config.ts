import { BitReader } from './bit-reader.ts';
import { uint8At } from './bytes.ts';
import { CONFIG_BYTES_MAX, isPictureSize } from './codec-config.ts';
import type { VideoConfig } from './codec-config.ts';

const profiles: readonly string[] = ['Main', 'High', 'Professional'];

const HEADER_BYTES = 4;
const MARKER_AND_VERSION = 0x81;
const SEQUENCE_HEADER_OBU = 1;
/** leb128 of AV1 section 4.10.5 has at most eight bytes; four are 2^28, past any record. */
const SIZE_BYTES_MAX = 4;

/**
 * AV1CodecConfigurationRecord, AV1 in ISOBMFF section 2.3.
 *
 *     marker 1, version 7 | profile 3, level 5 | tier 1, high bit depth 1, twelve bit 1, … | delay
 *     OBUs, of which the first is the sequence header
 *
 * Gives undefined where there is no sequence header, or it is not understood. Never throws.
 */
export function parseAv1Config(record: Uint8Array): VideoConfig | undefined {
  if (record.length <= HEADER_BYTES || record.length > CONFIG_BYTES_MAX) return undefined;
  if (uint8At(record, 0) !== MARKER_AND_VERSION) return undefined;
  const size = pictureSize(record.subarray(HEADER_BYTES));
  if (size === undefined || !isPictureSize(size.width, size.height)) return undefined;
  const profile = uint8At(record, 1) >> 5;
  const level = uint8At(record, 1) & 0x1f;
  const depthBits = uint8At(record, 2);
  const isHigh = (depthBits & 0x40) !== 0;
  const isTwelve = (depthBits & 0x20) !== 0;
  return {
    codec: 'av01',
    profile: profiles[profile] ?? String(profile),
    level: level === 31 ? 'maximum' : `${2 + (level >> 2)}.${level & 3}`,
    ...size,
    bitDepth: isHigh && isTwelve ? 12 : isHigh ? 10 : 8,
  };
}

interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** From the sequence header, which has to be the first OBU. AV1 sections 5.3.1 and 5.5.1. */
function pictureSize(obus: Uint8Array): PictureSize | undefined {
  const header = uint8At(obus, 0);
  if (((header >> 3) & 0x0f) !== SEQUENCE_HEADER_OBU) return undefined;
  const hasExtension = (header & 0x04) !== 0;
  const hasSize = (header & 0x02) !== 0;
  let start = hasExtension ? 2 : 1;
  let end = obus.length;
  if (hasSize) {
    let size = 0;
    for (let byte = 0; byte < SIZE_BYTES_MAX; byte += 1) {
      const part = uint8At(obus, start);
      size |= (part & 0x7f) << (7 * byte);
      start += 1;
      if ((part & 0x80) === 0) break;
    }
    end = start + size;
  }
  if (end > obus.length) return undefined;
  const bits = new BitReader(obus.subarray(start, end));
  bits.skip(3);
  bits.skip(1);
  if (bits.flag()) bits.skip(5);
  else skipOperatingPoints(bits);
  const widthBits = bits.bits(4) + 1;
  const heightBits = bits.bits(4) + 1;
  const width = bits.bits(widthBits) + 1;
  const height = bits.bits(heightBits) + 1;
  return bits.exhausted ? undefined : { width, height };
}

function skipOperatingPoints(bits: BitReader): void {
  const { delayBits } = readTiming(bits);
  const hasInitialDelay = bits.flag();
  const points = bits.bits(5) + 1;
  for (let point = 0; point < points; point += 1) {
    bits.skip(12);
    if (bits.bits(5) > 7) bits.skip(1);
    if (delayBits > 0 && bits.flag()) bits.skip(2 * delayBits + 1);
    if (hasInitialDelay && bits.flag()) bits.skip(4);
  }
}

/** `delayBits` is the length of a buffer delay, 0 without a decoder model. */
function readTiming(bits: BitReader): { delayBits: number } {
  if (!bits.flag()) return { delayBits: 0 };
  bits.skip(64);
  if (bits.flag()) bits.exponentialGolomb();
  if (!bits.flag()) return { delayBits: 0 };
  const delayBits = bits.bits(5) + 1;
  bits.skip(32 + 5 + 5);
  return { delayBits };
}
