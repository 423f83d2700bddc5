import { BitReader } from './bit-reader.ts';
import { uint8At } from './bytes.ts';
import { withoutEmulationPrevention } from './nal-unit.ts';

/** A picture parameter set of H.264, section 7.3.2.2, as far as slice headers depend on it. */
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
}

/** `unit` with its header byte. Undefined where it is cut short or no such set. Never throws. */
export function parseAvcPictureSet(unit: Uint8Array): AvcPictureSet | undefined {
  if ((uint8At(unit, 0) & 0x1f) !== 8) return undefined;
  const bits = new BitReader(withoutEmulationPrevention(unit.subarray(1)));
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
  bits.signedExponentialGolomb();
  const hasDeblockingControl = bits.flag();
  bits.skip(1);
  const hasRedundantCount = bits.flag();
  if (bits.exhausted) return undefined;
  return {
    ...{ id, sequenceId, isArithmetic, hasBottomOrder, sliceGroups, references },
    ...{ isWeighted, weightedBothWays, initialQuantiser },
    ...{ hasDeblockingControl, hasRedundantCount },
  };
}
