import { BitReader } from '#flv';
import { AvcUnit, type AvcSets, type KnownSets } from './avc-sets.ts';

/** slice_type modulo 5, H.264 table 7-6. */
export const SliceKind = { P: 0, B: 1, I: 2 } as const;

/** H.264 section 7.4.3: of both lists, in a field. */
const REFERENCES_MAX = 32;
/** Section 7.4.2.1.1. */
const ORDER_BITS_MAX = 16;
/** Commands of one picture; real ones have a handful. */
const COMMANDS_MAX = 66;

/** What an adaptive marking says of one picture, section 7.4.3.3. */
export interface MarkingCommand {
  readonly operation: number;
  /** difference_of_pic_nums_minus1 of operations 1 and 3; 0 otherwise. */
  readonly difference: number;
}

/** disable_deblocking_filter_idc and the two offsets, in halves. */
export type Deblocking = readonly [mode: number, alpha: number, beta: number];

/** The header of a slice of a frame, H.264 section 7.3.3. */
export interface SliceHeader {
  readonly sets: AvcSets;
  readonly isIdr: boolean;
  /** nal_ref_idc: 0 where no other picture refers to it. */
  readonly importance: number;
  readonly firstBlock: number;
  readonly kind: number;
  readonly frameNumber: number;
  readonly idrPictureId: number | undefined;
  /** pic_order_cnt_lsb, and delta_pic_order_cnt_bottom. */
  readonly orderBits: number;
  readonly bottomOrder: number;
  /** delta_pic_order_cnt of order type 1. */
  readonly orderDeltas: readonly [number, number];
  /** The picture stays for as long as the encoder wants. */
  readonly isLongTerm: boolean;
  /** Empty: the window slides. */
  readonly commands: readonly MarkingCommand[];
  /** Bits of the payload up to the slice's data. */
  readonly endBit: number;
  /** SliceQP. */
  readonly quantiser: number;
  readonly deblocking: Deblocking;
}

/** Why a slice header says nothing to us; a part of a sentence. */
export type SliceFault =
  | 'its parameter sets are not known'
  | 'it is coded in fields'
  | 'its slices are in groups'
  | 'its colours are coded apart'
  | 'its slices are of a rare kind'
  | 'it has redundant slices'
  | 'a slice of it is not understood';

/** `payload`: behind the unit's header byte, without emulation prevention. Never throws. */
export function readSliceHeader(
  headerByte: number,
  payload: Uint8Array,
  known: KnownSets,
): SliceHeader | SliceFault {
  const bits = new BitReader(payload);
  const firstBlock = bits.exponentialGolomb();
  const type = bits.exponentialGolomb();
  const sets = known.find(bits.exponentialGolomb());
  if (bits.exhausted || type > 9) return 'a slice of it is not understood';
  if (sets === undefined) return 'its parameter sets are not known';
  const kind = type % 5;
  const fault = faultOf(sets, kind);
  if (fault !== undefined) return fault;
  const { sequence, picture } = sets;
  const importance = (headerByte >> 5) & 3;
  const isIdr = (headerByte & 0x1f) === AvcUnit.IDR;
  const frameNumber = bits.bits(sequence.frameNumberBits);
  if (!sequence.isFramesOnly && bits.flag()) return 'it is coded in fields';
  const idrPictureId = isIdr ? bits.exponentialGolomb() : undefined;
  const order = readOrder(bits, sets);
  if (picture.hasRedundantCount && bits.exponentialGolomb() > 0) return 'it has redundant slices';
  const understood = skipReferences(bits, sets, kind);
  const marking = importance === 0 ? noMarking : readMarking(bits, isIdr);
  if (picture.isArithmetic && kind !== SliceKind.I) bits.exponentialGolomb();
  const quantiser = picture.initialQuantiser + bits.signedExponentialGolomb();
  const deblocking = readDeblocking(bits, picture.hasDeblockingControl);
  if (bits.exhausted || !understood) return 'a slice of it is not understood';
  const endBit = payload.length * 8 - bits.bitsLeft;
  return {
    ...{ sets, isIdr, importance, firstBlock, kind, frameNumber, idrPictureId },
    ...order,
    ...marking,
    ...{ endBit, quantiser, deblocking },
  };
}

function readDeblocking(bits: BitReader, isTold: boolean): Deblocking {
  const mode = isTold ? bits.exponentialGolomb() : 0;
  if (!isTold || mode === 1) return [mode, 0, 0];
  return [mode, bits.signedExponentialGolomb(), bits.signedExponentialGolomb()];
}

function faultOf({ sequence, picture }: AvcSets, kind: number): SliceFault | undefined {
  if (picture.sliceGroups > 1) return 'its slices are in groups';
  if (sequence.areColoursApart) return 'its colours are coded apart';
  if (kind > SliceKind.I) return 'its slices are of a rare kind';
  const isSane =
    sequence.frameNumberBits <= ORDER_BITS_MAX &&
    sequence.orderBits <= ORDER_BITS_MAX &&
    sequence.orderType <= 2;
  return isSane ? undefined : 'a slice of it is not understood';
}

type Order = Pick<SliceHeader, 'orderBits' | 'bottomOrder' | 'orderDeltas'>;

function readOrder(bits: BitReader, { sequence, picture }: AvcSets): Order {
  const isType0 = sequence.orderType === 0;
  const orderBits = isType0 ? bits.bits(sequence.orderBits) : 0;
  const bottomOrder = isType0 && picture.hasBottomOrder ? bits.signedExponentialGolomb() : 0;
  const areDeltasTold = sequence.orderType === 1 && !sequence.isOrderSilent;
  const first = areDeltasTold ? bits.signedExponentialGolomb() : 0;
  const second = areDeltasTold && picture.hasBottomOrder ? bits.signedExponentialGolomb() : 0;
  return { orderBits, bottomOrder, orderDeltas: [first, second] };
}

/** All that P and B slices say of their lists; false where it is beyond the standard. */
function skipReferences(bits: BitReader, { sequence, picture }: AvcSets, kind: number): boolean {
  if (kind === SliceKind.I) return true;
  if (kind === SliceKind.B) bits.skip(1);
  const lists = kind === SliceKind.B ? 2 : 1;
  let counts: readonly number[] = picture.references;
  if (bits.flag()) {
    counts = [bits.exponentialGolomb() + 1, lists === 2 ? bits.exponentialGolomb() + 1 : 0];
  }
  for (let list = 0; list < lists; list += 1) {
    if ((counts[list] ?? 0) > REFERENCES_MAX || !skipModification(bits)) return false;
  }
  const isWeighted = kind === SliceKind.P ? picture.isWeighted : picture.weightedBothWays === 1;
  if (isWeighted) skipWeights(bits, counts.slice(0, lists), sequence.chromaFormat !== 0);
  return true;
}

/** ref_pic_list_modification, section 7.3.3.1. */
function skipModification(bits: BitReader): boolean {
  if (!bits.flag()) return true;
  for (let command = 0; command <= COMMANDS_MAX; command += 1) {
    const operation = bits.exponentialGolomb();
    if (operation === 3) return true;
    if (operation > 3) return false;
    bits.exponentialGolomb();
  }
  return false;
}

/** pred_weight_table, section 7.3.3.2. */
function skipWeights(bits: BitReader, counts: readonly number[], hasChroma: boolean): void {
  bits.exponentialGolomb();
  if (hasChroma) bits.exponentialGolomb();
  for (const count of counts) {
    for (let reference = 0; reference < count; reference += 1) {
      if (bits.flag()) skipSigned(bits, 2);
      if (hasChroma && bits.flag()) skipSigned(bits, 4);
    }
  }
}

function skipSigned(bits: BitReader, count: number): void {
  for (let index = 0; index < count; index += 1) bits.signedExponentialGolomb();
}

type Marking = Pick<SliceHeader, 'isLongTerm' | 'commands'>;
const noMarking: Marking = { isLongTerm: false, commands: [] };

/** dec_ref_pic_marking, section 7.3.3.3. */
function readMarking(bits: BitReader, isIdr: boolean): Marking {
  if (isIdr) {
    bits.skip(1);
    return { isLongTerm: bits.flag(), commands: [] };
  }
  if (!bits.flag()) return noMarking;
  const commands: MarkingCommand[] = [];
  while (commands.length < COMMANDS_MAX) {
    const operation = bits.exponentialGolomb();
    if (operation === 0) break;
    const difference = operation === 1 || operation === 3 ? bits.exponentialGolomb() : 0;
    if (operation === 2 || operation === 3 || operation === 4 || operation === 6) {
      bits.exponentialGolomb();
    }
    commands.push({ operation, difference });
  }
  return { isLongTerm: false, commands };
}
