import { BitReader } from './bit-reader.ts';
import { uint8At } from './bytes.ts';
import { CONFIG_BYTES_MAX, isPictureSize } from './codec-config.ts';
import type { VideoConfig } from './codec-config.ts';
import { lengthPrefixedUnit, withoutEmulationPrevention } from './nal-unit.ts';

const profiles: Readonly<Record<number, string>> = {
  66: 'Baseline',
  77: 'Main',
  88: 'Extended',
  100: 'High',
  110: 'High 10',
  122: 'High 4:2:2',
  244: 'High 4:4:4 Predictive',
};

/** Profiles whose parameter set tells of chroma and bit depth, H.264 section 7.3.2.1.1. */
const profilesWithChroma: ReadonlySet<number> = new Set([
  100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135,
]);

/** Of poc type 1, H.264 section 7.4.2.1.1. */
const REF_FRAMES_IN_CYCLE_MAX = 255;

/**
 * AVCDecoderConfigurationRecord, ISO/IEC 14496-15 section 5.3.3.1.
 *
 *     version 1 | profile | compatibility | level | lengthSize-1 (low 2) | SPS count (low 5)
 *     (length UI16, SPS)* | PPS count | (length UI16, PPS)*
 *
 * Gives undefined where the record or its first SPS is not understood. Never throws.
 */
export function parseAvcConfig(record: Uint8Array): VideoConfig | undefined {
  if (record.length < 8 || record.length > CONFIG_BYTES_MAX) return undefined;
  if (uint8At(record, 0) !== 1 || (uint8At(record, 5) & 0x1f) === 0) return undefined;
  const unit = lengthPrefixedUnit(record, 6);
  return unit && parseSequenceParameterSet(unit);
}

/** H.264 section 7.3.2.1.1, as far as the cropping. */
function parseSequenceParameterSet(unit: Uint8Array): VideoConfig | undefined {
  if ((uint8At(unit, 0) & 0x1f) !== 7) return undefined;
  const bits = new BitReader(withoutEmulationPrevention(unit.subarray(1)));
  const profile = bits.bits(8);
  const constraints = bits.bits(8);
  const level = bits.bits(8);
  bits.exponentialGolomb();
  const { chromaFormat, bitDepth } = readChroma(bits, profile);
  skipFrameNumbering(bits);
  const widthInBlocks = bits.exponentialGolomb() + 1;
  const heightInMapUnits = bits.exponentialGolomb() + 1;
  const fieldsPerMapUnit = bits.flag() ? 1 : 2;
  if (fieldsPerMapUnit === 2) bits.skip(1);
  bits.skip(1);
  const crop = readCropping(bits);
  if (bits.exhausted) return undefined;
  const chromaWidth = chromaFormat === 1 || chromaFormat === 2 ? 2 : 1;
  const chromaHeight = (chromaFormat === 1 ? 2 : 1) * fieldsPerMapUnit;
  const width = widthInBlocks * 16 - chromaWidth * crop.horizontal;
  const height = heightInMapUnits * 16 * fieldsPerMapUnit - chromaHeight * crop.vertical;
  if (!isPictureSize(width, height)) return undefined;
  return {
    codec: 'avc1',
    profile: profileName(profile, constraints),
    level: levelName(profile, constraints, level),
    width,
    height,
    bitDepth,
  };
}

function readChroma(bits: BitReader, profile: number): { chromaFormat: number; bitDepth: number } {
  if (!profilesWithChroma.has(profile)) return { chromaFormat: 1, bitDepth: 8 };
  let chromaFormat = bits.exponentialGolomb();
  const lists = chromaFormat === 3 ? 12 : 8;
  // With colours coded apart there is no chroma grid to crop on.
  if (chromaFormat === 3 && bits.flag()) chromaFormat = 0;
  const bitDepth = 8 + bits.exponentialGolomb();
  bits.exponentialGolomb();
  bits.skip(1);
  if (bits.flag()) {
    for (let list = 0; list < lists; list += 1) {
      if (bits.flag()) skipScalingList(bits, list < 6 ? 16 : 64);
    }
  }
  return { chromaFormat, bitDepth };
}

/** H.264 section 7.3.2.1.1.1: from the first zero scale on, nothing more is written. */
function skipScalingList(bits: BitReader, size: number): void {
  let scale = 8;
  for (let index = 0; index < size && scale !== 0 && !bits.exhausted; index += 1) {
    scale = (scale + bits.signedExponentialGolomb() + 256) % 256;
  }
}

function skipFrameNumbering(bits: BitReader): void {
  bits.exponentialGolomb();
  const pocType = bits.exponentialGolomb();
  if (pocType === 0) bits.exponentialGolomb();
  if (pocType === 1) {
    bits.skip(1);
    bits.exponentialGolomb();
    bits.exponentialGolomb();
    const cycle = Math.min(bits.exponentialGolomb(), REF_FRAMES_IN_CYCLE_MAX);
    for (let frame = 0; frame < cycle; frame += 1) bits.exponentialGolomb();
  }
  bits.exponentialGolomb();
  bits.skip(1);
}

/** Sums of both sides, in units of the chroma grid. */
function readCropping(bits: BitReader): { horizontal: number; vertical: number } {
  if (!bits.flag()) return { horizontal: 0, vertical: 0 };
  const horizontal = bits.exponentialGolomb() + bits.exponentialGolomb();
  const vertical = bits.exponentialGolomb() + bits.exponentialGolomb();
  return { horizontal, vertical };
}

function profileName(profile: number, constraints: number): string {
  const isConstrained = profile === 66 && (constraints & 0x40) !== 0;
  return isConstrained ? 'Constrained Baseline' : (profiles[profile] ?? String(profile));
}

/** Level 1b hides in a constraint flag of level 1.1, H.264 section A.3.1. */
function levelName(profile: number, constraints: number, level: number): string {
  const mayBe1b = profile === 66 || profile === 77 || profile === 88;
  if (mayBe1b && level === 11 && (constraints & 0x10) !== 0) return '1b';
  return `${Math.floor(level / 10)}.${level % 10}`;
}
