import { BitReader } from './bit-reader.ts';
import { uint8At } from './bytes.ts';
import { withoutEmulationPrevention } from './nal-unit.ts';

/** A picture parameter set of H.264, section 7.3.2.2, as far as intra slices depend on it. */
export interface AvcPictureSet {
  readonly id: number;
  readonly sequenceId: number;
  /** CABAC; otherwise CAVLC. */
  readonly isArithmetic: boolean;
  /** Frames tell of the order of their bottom field too. */
  readonly hasBottomOrder: boolean;
  /** What several slice groups bring along is not read: nothing behind it is known then. */
  readonly sliceGroups: number;
  /** num_ref_idx_default_active of both lists. */
  readonly references: readonly [number, number];
  readonly isWeighted: boolean;
  /** weighted_bipred_idc; 1 is explicit. */
  readonly weightedBothWays: number;
  readonly initialQuantiser: number;
  readonly hasDeblockingControl: boolean;
  readonly hasRedundantCount: boolean;
  /** Blocks say whether they are transformed by eights. */
  readonly hasLargeTransform: boolean;
  /** It brings scaling lists of its own. */
  readonly hasScaling: boolean;
  /** chroma_qp_index_offset of Cb and of Cr. */
  readonly chromaOffsets: readonly [number, number];
}

/** `unit` with its header byte. Undefined where it is cut short or no such set. Never throws. */
export function parseAvcPictureSet(unit: Uint8Array): AvcPictureSet | undefined {
  if ((uint8At(unit, 0) & 0x1f) !== 8) return undefined;
  const payload = withoutEmulationPrevention(unit.subarray(1));
  const bits = new BitReader(payload);
  const id = bits.exponentialGolomb();
  const sequenceId = bits.exponentialGolomb();
  const isArithmetic = bits.flag();
  const hasBottomOrder = bits.flag();
  const sliceGroups = bits.exponentialGolomb() + 1;
  const references = [bits.exponentialGolomb() + 1, bits.exponentialGolomb() + 1] as const;
  const isWeighted = bits.flag();
  const weightedBothWays = bits.bits(2);
  const initialQuantiser = 26 + bits.signedExponentialGolomb();
  bits.signedExponentialGolomb();
  const firstOffset = bits.signedExponentialGolomb();
  const hasDeblockingControl = bits.flag();
  bits.skip(1);
  const hasRedundantCount = bits.flag();
  if (bits.exhausted) return undefined;
  const isLonger = bits.bitsLeft > trailingBits(payload);
  const hasLargeTransform = isLonger && bits.flag();
  const hasScaling = isLonger && bits.flag();
  // Behind scaling lists it is not looked for: nothing that is made here has any.
  const secondOffset = isLonger && !hasScaling ? bits.signedExponentialGolomb() : firstOffset;
  return {
    ...{ id, sequenceId, isArithmetic, hasBottomOrder, sliceGroups, references },
    ...{ isWeighted, weightedBothWays, initialQuantiser },
    ...{ hasDeblockingControl, hasRedundantCount },
    ...{ hasLargeTransform, hasScaling, chromaOffsets: [firstOffset, secondOffset] },
  };
}

/** The one that ends the data, and zeros behind it (section 7.2, more_rbsp_data). */
function trailingBits(payload: Uint8Array): number {
  let end = payload.length;
  while (end > 0 && payload[end - 1] === 0) end -= 1;
  const last = payload[end - 1] ?? 0;
  return (payload.length - end) * 8 + 32 - Math.clz32(last & -last);
}
