import { BitReader } from './bit-reader.ts';
import { uint8At } from './bytes.ts';
import { withoutEmulationPrevention } from './nal-unit.ts';

/** Profiles whose parameter set tells of chroma and bit depth, H.264 section 7.3.2.1.1. */
const profilesWithChroma: ReadonlySet<number> = new Set([
  100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135,
]);

/** Of poc type 1, H.264 section 7.4.2.1.1. */
const REF_FRAMES_IN_CYCLE_MAX = 255;

/** A sequence parameter set of H.264, section 7.3.2.1.1, as far as the cropping. */
export interface AvcSequenceSet {
  readonly profile: number;
  readonly constraints: number;
  readonly level: number;
  readonly id: number;
  /** ChromaArrayType: 0 also where the colours are coded apart. */
  readonly chromaFormat: number;
  readonly areColoursApart: boolean;
  readonly bitDepth: number;
  readonly chromaBitDepth: number;
  /** It brings scaling lists. */
  readonly hasScaling: boolean;
  readonly frameNumberBits: number;
  /** 0, 1 or 2: how the order on the screen is told. */
  readonly orderType: number;
  /** Of pic_order_cnt_lsb; 0 but for type 0. */
  readonly orderBits: number;
  /** Of type 1: no slice tells of its order. */
  readonly isOrderSilent: boolean;
  readonly referenceFramesMax: number;
  readonly widthInBlocks: number;
  /** Of a frame, also where map units are fields. */
  readonly heightInBlocks: number;
  readonly isFramesOnly: boolean;
  /** MBAFF: a frame's pairs of macroblocks choose between frame and fields. */
  readonly isFieldAdaptive: boolean;
  /** Sums of both sides, in units of the chroma grid. */
  readonly cropHorizontal: number;
  readonly cropVertical: number;
}

/** `unit` with its header byte. Undefined where it is cut short or no such set. Never throws. */
export function parseAvcSequenceSet(unit: Uint8Array): AvcSequenceSet | undefined {
  if ((uint8At(unit, 0) & 0x1f) !== 7) return undefined;
  const bits = new BitReader(withoutEmulationPrevention(unit.subarray(1)));
  const profile = bits.bits(8);
  const constraints = bits.bits(8);
  const level = bits.bits(8);
  const id = bits.exponentialGolomb();
  const chroma = readChroma(bits, profile);
  const frameNumberBits = bits.exponentialGolomb() + 4;
  const order = readOrder(bits);
  const referenceFramesMax = bits.exponentialGolomb();
  bits.skip(1);
  const widthInBlocks = bits.exponentialGolomb() + 1;
  const heightInMapUnits = bits.exponentialGolomb() + 1;
  const isFramesOnly = bits.flag();
  const isFieldAdaptive = !isFramesOnly && bits.flag();
  bits.skip(1);
  const crop = readCropping(bits);
  if (bits.exhausted) return undefined;
  return {
    ...{ profile, constraints, level, id },
    ...chroma,
    frameNumberBits,
    ...order,
    ...{ referenceFramesMax, widthInBlocks, isFramesOnly, isFieldAdaptive },
    heightInBlocks: heightInMapUnits * (isFramesOnly ? 1 : 2),
    ...crop,
  };
}

type Chroma = Pick<
  AvcSequenceSet,
  'chromaFormat' | 'areColoursApart' | 'bitDepth' | 'chromaBitDepth' | 'hasScaling'
>;

function readChroma(bits: BitReader, profile: number): Chroma {
  if (!profilesWithChroma.has(profile)) {
    const [bitDepth, chromaBitDepth] = [8, 8];
    return { chromaFormat: 1, areColoursApart: false, bitDepth, chromaBitDepth, hasScaling: false };
  }
  const chromaFormat = bits.exponentialGolomb();
  const lists = chromaFormat === 3 ? 12 : 8;
  const areColoursApart = chromaFormat === 3 && bits.flag();
  const bitDepth = 8 + bits.exponentialGolomb();
  const chromaBitDepth = 8 + bits.exponentialGolomb();
  bits.skip(1);
  const hasScaling = bits.flag();
  if (hasScaling) {
    for (let list = 0; list < lists; list += 1) {
      if (bits.flag()) skipScalingList(bits, list < 6 ? 16 : 64);
    }
  }
  // With colours coded apart there is no chroma grid.
  return {
    chromaFormat: areColoursApart ? 0 : chromaFormat,
    ...{ areColoursApart, bitDepth, chromaBitDepth, hasScaling },
  };
}

/** H.264 section 7.3.2.1.1.1: from the first zero scale on, nothing more is written. */
function skipScalingList(bits: BitReader, size: number): void {
  let scale = 8;
  for (let index = 0; index < size && scale !== 0 && !bits.exhausted; index += 1) {
    scale = (scale + bits.signedExponentialGolomb() + 256) % 256;
  }
}

type Order = Pick<AvcSequenceSet, 'orderType' | 'orderBits' | 'isOrderSilent'>;

function readOrder(bits: BitReader): Order {
  const orderType = bits.exponentialGolomb();
  const orderBits = orderType === 0 ? bits.exponentialGolomb() + 4 : 0;
  const isOrderSilent = orderType === 1 && bits.flag();
  if (orderType === 1) {
    bits.exponentialGolomb();
    bits.exponentialGolomb();
    const cycle = Math.min(bits.exponentialGolomb(), REF_FRAMES_IN_CYCLE_MAX);
    for (let frame = 0; frame < cycle; frame += 1) bits.exponentialGolomb();
  }
  return { orderType, orderBits, isOrderSilent };
}

function readCropping(bits: BitReader): { cropHorizontal: number; cropVertical: number } {
  if (!bits.flag()) return { cropHorizontal: 0, cropVertical: 0 };
  const cropHorizontal = bits.exponentialGolomb() + bits.exponentialGolomb();
  const cropVertical = bits.exponentialGolomb() + bits.exponentialGolomb();
  return { cropHorizontal, cropVertical };
}
