import { BitWriter, withEmulationPrevention } from '#flv';
import { AvcUnit, type AvcSets } from './avc-sets.ts';
import { skippedBlocks, SKIP_MODEL, SKIP_QUANTISER } from './skipped-blocks.ts';
import { SliceKind } from './slice-header.ts';

/** Level 6.2 of H.264, table A-1. */
export const PICTURE_BLOCKS_MAX = 139_264;

/** nal_ref_idc: it is referred to by the next. */
const IMPORTANCE = 2;

/**
 * Pictures that say "as before" of every macroblock (P_Skip). Without neighbours that move, none
 * moves (H.264 section 8.4.1.1); there is no residue; and where nothing moves, nothing is smoothed
 * (8.7.2.1). So each is a copy of the picture it refers to, to the bit.
 */
export class SkipPicture {
  readonly #sets: AvcSets;
  /** The data of the slice; undefined for CAVLC, where a count says it all. */
  readonly #blocks: Uint8Array | undefined;
  readonly #blockCount: number;

  private constructor(sets: AvcSets, blockCount: number) {
    this.#sets = sets;
    this.#blockCount = blockCount;
    const { isArithmetic } = sets.picture;
    const isInPairs = sets.sequence.isFieldAdaptive;
    this.#blocks = isArithmetic ? skippedBlocks(blockCount, isInPairs) : undefined;
  }

  /** A string says why there is no such picture. */
  static for(sets: AvcSets): SkipPicture | string {
    const { widthInBlocks, heightInBlocks, referenceFramesMax } = sets.sequence;
    const blockCount = widthInBlocks * heightInBlocks;
    if (blockCount > PICTURE_BLOCKS_MAX) return 'the picture is larger than any that may exist';
    if (referenceFramesMax === 0) return 'no picture refers to another';
    return new SkipPicture(sets, blockCount);
  }

  /** `steps`: how far back in frame numbers the picture lies that is copied; 1 is the last. */
  unit(frameNumber: number, order: number, steps: number): Uint8Array {
    const bits = new BitWriter();
    bits.bits((IMPORTANCE << 5) | AvcUnit.SLICE, 8);
    this.#writeHeader(bits, frameNumber, order, steps);
    if (this.#blocks === undefined) {
      bits.exponentialGolomb(this.#blockCount).trailingBits();
    } else {
      bits.alignWith(1).copy(this.#blocks, 0, this.#blocks.length * 8);
    }
    return withEmulationPrevention(bits.toBytes());
  }

  /** Section 7.3.3, as it is for the one P slice of a frame. */
  #writeHeader(bits: BitWriter, frameNumber: number, order: number, steps: number): void {
    const { sequence, picture } = this.#sets;
    bits
      .exponentialGolomb(0)
      .exponentialGolomb(SliceKind.P + 5)
      .exponentialGolomb(picture.id);
    bits.bits(frameNumber, sequence.frameNumberBits);
    if (!sequence.isFramesOnly) bits.bit(0);
    if (sequence.orderType === 0) {
      const range = 2 ** sequence.orderBits;
      bits.bits(((order % range) + range) % range, sequence.orderBits);
      if (picture.hasBottomOrder) bits.signedExponentialGolomb(0);
    }
    if (sequence.orderType === 1 && !sequence.isOrderSilent) {
      bits.signedExponentialGolomb(0);
      if (picture.hasBottomOrder) bits.signedExponentialGolomb(0);
    }
    if (picture.hasRedundantCount) bits.exponentialGolomb(0);
    // One reference, whatever the parameter set says.
    bits.bit(1).exponentialGolomb(0);
    writeModification(bits, steps);
    if (picture.isWeighted) writeNoWeights(bits, sequence.chromaFormat !== 0);
    // The window slides.
    bits.bit(0);
    if (picture.isArithmetic) bits.exponentialGolomb(SKIP_MODEL);
    bits.signedExponentialGolomb(SKIP_QUANTISER - picture.initialQuantiser);
    if (picture.hasDeblockingControl) bits.exponentialGolomb(1);
  }
}

/** ref_pic_list_modification: puts the picture first that lies so far back. */
function writeModification(bits: BitWriter, steps: number): void {
  bits.bit(steps === 1 ? 0 : 1);
  if (steps === 1) return;
  bits.exponentialGolomb(0);
  bits.exponentialGolomb(steps - 1);
  bits.exponentialGolomb(3);
}

/** pred_weight_table of one reference, weighed as if there were none. */
function writeNoWeights(bits: BitWriter, hasChroma: boolean): void {
  bits.exponentialGolomb(0);
  if (hasChroma) bits.exponentialGolomb(0);
  bits.bit(0);
  if (hasChroma) bits.bit(0);
}
