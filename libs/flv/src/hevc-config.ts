import { BitReader } from './bit-reader.ts';
import { uint16At, uint8At } from './bytes.ts';
import { CONFIG_BYTES_MAX, isPictureSize } from './codec-config.ts';
import type { VideoConfig } from './codec-config.ts';
import { lengthPrefixedUnit, withoutEmulationPrevention } from './nal-unit.ts';

const profiles: Readonly<Record<number, string>> = {
  1: 'Main',
  2: 'Main 10',
  3: 'Main Still Picture',
  4: 'Format Range Extensions',
  9: 'Screen Content Coding',
};

const ARRAY_COUNT_OFFSET = 22;
const SEQUENCE_PARAMETER_SET = 33;
/** general_profile_space to general_reserved_zero_44bits, H.265 section 7.3.3. */
const PROFILE_BITS = 88;
const LEVEL_BITS = 8;

/**
 * HEVCDecoderConfigurationRecord, ISO/IEC 14496-15 section 8.3.3.1.
 *
 *     22 bytes of profile, level and format | array count
 *     (NAL unit type (low 6) | unit count UI16 | (length UI16, unit)*)*
 *
 * Profile, level and size are taken from the first SPS. Gives undefined where there is none, or it
 * is not understood. Never throws.
 */
export function parseHevcConfig(record: Uint8Array): VideoConfig | undefined {
  if (record.length > CONFIG_BYTES_MAX) return undefined;
  const unit = findSequenceParameterSet(record);
  return unit && parseSequenceParameterSet(unit);
}

function findSequenceParameterSet(record: Uint8Array): Uint8Array | undefined {
  let at = ARRAY_COUNT_OFFSET + 1;
  for (let array = uint8At(record, ARRAY_COUNT_OFFSET); array > 0; array -= 1) {
    const unitType = uint8At(record, at) & 0x3f;
    const units = uint16At(record, at + 1);
    at += 3;
    for (let unit = 0; unit < units; unit += 1) {
      const bytes = lengthPrefixedUnit(record, at);
      if (bytes === undefined) return undefined;
      if (unitType === SEQUENCE_PARAMETER_SET) return bytes;
      at += 2 + bytes.length;
    }
  }
  return undefined;
}

/** H.265 section 7.3.2.2.1, as far as the bit depth. */
function parseSequenceParameterSet(unit: Uint8Array): VideoConfig | undefined {
  const bits = new BitReader(withoutEmulationPrevention(unit.subarray(2)));
  bits.skip(4);
  const subLayers = bits.bits(3);
  bits.skip(1);
  bits.skip(3);
  const profile = bits.bits(5);
  bits.skip(PROFILE_BITS - 8);
  const level = bits.bits(LEVEL_BITS);
  skipSubLayers(bits, subLayers);
  bits.exponentialGolomb();
  const chromaFormat = bits.exponentialGolomb();
  if (chromaFormat === 3) bits.skip(1);
  const codedWidth = bits.exponentialGolomb();
  const codedHeight = bits.exponentialGolomb();
  const [left, right, top, bottom] = bits.flag() ? readWindow(bits) : [0, 0, 0, 0];
  const bitDepth = 8 + bits.exponentialGolomb();
  if (bits.exhausted) return undefined;
  const chromaWidth = chromaFormat === 1 || chromaFormat === 2 ? 2 : 1;
  const chromaHeight = chromaFormat === 1 ? 2 : 1;
  const width = codedWidth - chromaWidth * (left + right);
  const height = codedHeight - chromaHeight * (top + bottom);
  if (!isPictureSize(width, height)) return undefined;
  return {
    codec: 'hvc1',
    profile: profiles[profile] ?? String(profile),
    level: (level / 30).toFixed(1),
    width,
    height,
    bitDepth,
  };
}

/** H.265 section 7.3.3: which of the sub-layers have a profile and a level, then those. */
function skipSubLayers(bits: BitReader, subLayers: number): void {
  if (subLayers === 0) return;
  let present = 0;
  for (let layer = 0; layer < 8; layer += 1) {
    const hasProfile = bits.flag();
    const hasLevel = bits.flag();
    if (layer < subLayers) {
      present += (hasProfile ? PROFILE_BITS : 0) + (hasLevel ? LEVEL_BITS : 0);
    }
  }
  bits.skip(present);
}

function readWindow(bits: BitReader): [left: number, right: number, top: number, bottom: number] {
  const left = bits.exponentialGolomb();
  const right = bits.exponentialGolomb();
  const top = bits.exponentialGolomb();
  return [left, right, top, bits.exponentialGolomb()];
}
