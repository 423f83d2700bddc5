import { BitReader } from './bit-reader.ts';
import { CONFIG_BYTES_MAX } from './codec-config.ts';
import type { AacConfig } from './codec-config.ts';

/** By samplingFrequencyIndex, ISO/IEC 14496-3 section 1.6.3.4. 13 and 14 are reserved. */
const sampleRatesHz: readonly number[] = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000,
  7350,
];

/** By channelConfiguration, section 1.6.3.5. 0 says that a program config element lists them. */
const channelCounts: readonly (number | undefined)[] = [
  0,
  1,
  2,
  3,
  4,
  5,
  6,
  8,
  undefined,
  undefined,
  undefined,
  7,
  8,
  undefined,
  8,
];

const SPECTRAL_BAND_REPLICATION = 5;
const PARAMETRIC_STEREO = 29;
const SYNC_EXTENSION = 0x2b7;

/**
 * AudioSpecificConfig, ISO/IEC 14496-3 section 1.6.2.1.
 *
 *     object type 5 [31: 6 more] | frequency index 4 [15: 24 bits of Hz] | channels 4
 *     object type 5 or 29: frequency of the extension, object type of the core
 *
 * Gives undefined where a value is reserved or the record too short. Never throws.
 */
export function parseAacConfig(record: Uint8Array): AacConfig | undefined {
  if (record.length > CONFIG_BYTES_MAX) return undefined;
  const bits = new BitReader(record);
  let objectType = readObjectType(bits);
  let sampleRateHz = readSampleRateHz(bits);
  const channelConfiguration = bits.bits(4);
  const channels = channelCounts[channelConfiguration];
  const core = { objectType, sampleRateHz };
  if (objectType === SPECTRAL_BAND_REPLICATION || objectType === PARAMETRIC_STEREO) {
    sampleRateHz = readSampleRateHz(bits);
    core.objectType = readObjectType(bits);
  }
  const samplesPerFrame = bits.bitsLeft > 0 && bits.flag() ? 960 : 1024;
  if (core.objectType === objectType && bits.bitsLeft >= 2 + 16) {
    const extensionRateHz = readSyncExtension(bits);
    if (extensionRateHz !== undefined) {
      objectType = SPECTRAL_BAND_REPLICATION;
      sampleRateHz = extensionRateHz;
    }
  }
  if (bits.exhausted || objectType === 0 || channels === undefined) return undefined;
  if (!isRate(sampleRateHz) || !isRate(core.sampleRateHz)) return undefined;
  return {
    ...{ codec: 'mp4a', objectType, sampleRateHz, channels },
    core: {
      objectType: core.objectType,
      sampleRateHz: core.sampleRateHz,
      ...{ channelConfiguration, samplesPerFrame },
    },
  };
}

/**
 * HE-AAC told behind the configuration of its core, where old decoders do not look. The two bits
 * before it are those of a GASpecificConfig without extras, as every encoder of stereo writes it.
 */
function readSyncExtension(bits: BitReader): number | undefined {
  if (bits.bits(2) !== 0 || bits.bits(11) !== SYNC_EXTENSION) return undefined;
  if (readObjectType(bits) !== SPECTRAL_BAND_REPLICATION) return undefined;
  return bits.flag() ? readSampleRateHz(bits) : undefined;
}

function isRate(sampleRateHz: number | undefined): sampleRateHz is number {
  return sampleRateHz !== undefined && sampleRateHz !== 0;
}

function readObjectType(bits: BitReader): number {
  const objectType = bits.bits(5);
  return objectType === 31 ? 32 + bits.bits(6) : objectType;
}

function readSampleRateHz(bits: BitReader): number | undefined {
  const index = bits.bits(4);
  return index === 15 ? bits.bits(24) : sampleRatesHz[index];
}
