import { parseAvcSequenceSet } from './avc-sequence-set.ts';
import { uint8At } from './bytes.ts';
import { CONFIG_BYTES_MAX, isPictureSize } from './codec-config.ts';
import type { VideoConfig } from './codec-config.ts';
import { lengthPrefixedUnit } from './nal-unit.ts';

const profiles: Readonly<Record<number, string>> = {
  66: 'Baseline',
  77: 'Main',
  88: 'Extended',
  100: 'High',
  110: 'High 10',
  122: 'High 4:2:2',
  244: 'High 4:4:4 Predictive',
};

/** What a decoder is set up with. */
export interface AvcRecord {
  /** Of the length before each unit of a frame, in bytes. */
  readonly lengthBytes: number;
  /** Parameter sets with their header bytes, views of the record: as many as stand there whole. */
  readonly units: readonly Uint8Array[];
}

/**
 * AVCDecoderConfigurationRecord, ISO/IEC 14496-15 section 5.3.3.1.
 *
 *     version 1 | profile | compatibility | level | lengthSize-1 (low 2) | SPS count (low 5)
 *     (length UI16, SPS)* | PPS count | (length UI16, PPS)*
 *
 * Gives undefined where it is no such record. Never throws.
 */
export function parseAvcRecord(record: Uint8Array): AvcRecord | undefined {
  if (record.length < 8 || record.length > CONFIG_BYTES_MAX) return undefined;
  if (uint8At(record, 0) !== 1 || (uint8At(record, 5) & 0x1f) === 0) return undefined;
  const units: Uint8Array[] = [];
  const lengthBytes = (uint8At(record, 4) & 3) + 1;
  const at = collectUnits(record, 6, uint8At(record, 5) & 0x1f, units);
  if (at < record.length) collectUnits(record, at + 1, uint8At(record, at), units);
  return { lengthBytes, units };
}

/** Gives where the next list begins; the record's end where this one is cut short. */
function collectUnits(
  record: Uint8Array,
  from: number,
  count: number,
  units: Uint8Array[],
): number {
  let at = from;
  for (let index = 0; index < count; index += 1) {
    const unit = lengthPrefixedUnit(record, at);
    if (unit === undefined) return record.length;
    units.push(unit);
    at += 2 + unit.length;
  }
  return at;
}

/** Of the record's first parameter set; undefined where it is not understood. Never throws. */
export function parseAvcConfig(record: Uint8Array): VideoConfig | undefined {
  const unit = parseAvcRecord(record)?.units[0];
  const set = unit && parseAvcSequenceSet(unit);
  if (set === undefined) return undefined;
  const { profile, constraints, level, chromaFormat, isFramesOnly, bitDepth } = set;
  const chromaWidth = chromaFormat === 1 || chromaFormat === 2 ? 2 : 1;
  const chromaHeight = (chromaFormat === 1 ? 2 : 1) * (isFramesOnly ? 1 : 2);
  const width = set.widthInBlocks * 16 - chromaWidth * set.cropHorizontal;
  const height = set.heightInBlocks * 16 - chromaHeight * set.cropVertical;
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
