import { BitWriter, withEmulationPrevention, withoutEmulationPrevention } from '#flv';
import { AvcUnit, avcUnitType, isAvcSlice, type KnownSets } from './avc-sets.ts';
import { areUnitsShort, isLastingMessage } from './nal-stream.ts';
import { readSliceHeader, SliceKind } from './slice-header.ts';
import type { SliceFault, SliceHeader } from './slice-header.ts';

/** Consecutive IDRs must differ in it (H.264 section 7.4.3). No encoder known counts as far. */
const IDR_PICTURE_IDS = [60_001, 60_002] as const;

/** Units that a repeated picture keeps as they are. */
const keptTypes: ReadonlySet<number> = new Set([
  AvcUnit.SEQUENCE_SET,
  AvcUnit.PICTURE_SET,
  AvcUnit.DELIMITER,
  AvcUnit.SEQUENCE_SET_EXTENSION,
]);

interface Slice {
  readonly header: SliceHeader;
  readonly payload: Uint8Array;
}

/**
 * A picture that needs no other, made an IDR that can be shown again and again: also one that was
 * none, since where every slice is intra the data of both are alike.
 */
export class IdrPicture {
  /** Of its first slice, as it is written. */
  readonly header: SliceHeader;
  readonly #units: ReadonlyArray<Uint8Array | Slice>;

  private constructor(units: ReadonlyArray<Uint8Array | Slice>, header: SliceHeader) {
    this.#units = units;
    const importance = Math.max(1, header.importance);
    const written = { isIdr: true, frameNumber: 0, isLongTerm: false, commands: [], importance };
    this.header = { ...header, ...written, orderBits: idrOrder(header) };
  }

  /** Copies what it keeps of `units`. A string says why there is no such picture. */
  static from(units: readonly Uint8Array[], known: KnownSets): IdrPicture | string {
    if (!areUnitsShort(units, known.lengthBytes)) return 'the keyframe is too long to repeat';
    const kept: Array<Uint8Array | Slice> = [];
    let first: SliceHeader | undefined = undefined;
    for (const unit of units) {
      const type = avcUnitType(unit);
      const isLasting = type === AvcUnit.MESSAGE && isLastingMessage(unit, 1);
      if (keptTypes.has(type) || isLasting) kept.push(Uint8Array.from(unit));
      if (!isAvcSlice(unit)) continue;
      const slice = readSlice(unit, known);
      if (typeof slice === 'string') return `the keyframe cannot be repeated: ${slice}`;
      if (slice.header.kind !== SliceKind.I) return 'no keyframe stands for itself';
      first ??= slice.header;
      kept.push(slice);
    }
    return first === undefined ? 'the keyframe has no slice' : new IdrPicture(kept, first);
  }

  /** Fresh units, alike for even counts and for odd ones; the first is unlike the original. */
  units(repeat: number): Uint8Array[] {
    const [even, odd] = IDR_PICTURE_IDS;
    const isSwapped = this.header.idrPictureId === even;
    const id = (repeat % 2 === 0) === isSwapped ? odd : even;
    return this.#units.map((unit) => (unit instanceof Uint8Array ? unit : writeSlice(unit, id)));
  }
}

function readSlice(unit: Uint8Array, known: KnownSets): Slice | SliceFault {
  const type = avcUnitType(unit);
  if (type !== AvcUnit.IDR && type !== AvcUnit.SLICE) return 'its slices are of a rare kind';
  const payload = withoutTrailingZeros(withoutEmulationPrevention(unit.subarray(1)));
  const header = readSliceHeader(unit[0] ?? 0, payload, known);
  return typeof header === 'string' ? header : { header, payload };
}

/** cabac_zero_words, which are there to fill (section 7.3.2.8). */
function withoutTrailingZeros(payload: Uint8Array): Uint8Array {
  let end = payload.length;
  while (end > 0 && payload[end - 1] === 0) end -= 1;
  return payload.subarray(0, end);
}

/** Where the one stands that ends the data (section 7.3.2.11). */
function stopBitOf(payload: Uint8Array): number {
  const last = payload.at(-1) ?? 0;
  return payload.length * 8 - 1 - (31 - Math.clz32(last & -last));
}

/** Section 7.3.3, as it is for an I slice of an IDR frame. */
function writeSlice({ header, payload }: Slice, idrPictureId: number): Uint8Array {
  const { sequence, picture } = header.sets;
  const bits = new BitWriter();
  const importance = header.importance === 0 ? 1 : header.importance;
  bits.bits((importance << 5) | AvcUnit.IDR, 8);
  bits.exponentialGolomb(header.firstBlock);
  bits.exponentialGolomb(SliceKind.I + 5).exponentialGolomb(picture.id);
  bits.bits(0, sequence.frameNumberBits);
  if (!sequence.isFramesOnly) bits.bit(0);
  bits.exponentialGolomb(idrPictureId);
  if (sequence.orderType === 0) {
    bits.bits(idrOrder(header), sequence.orderBits);
    if (picture.hasBottomOrder) bits.signedExponentialGolomb(header.bottomOrder);
  }
  if (sequence.orderType === 1 && !sequence.isOrderSilent) {
    bits.signedExponentialGolomb(header.isIdr ? header.orderDeltas[0] : 0);
    if (picture.hasBottomOrder) bits.signedExponentialGolomb(header.orderDeltas[1]);
  }
  if (picture.hasRedundantCount) bits.exponentialGolomb(0);
  // Pictures before it are shown still, and it stays no longer than others.
  bits.bits(0, 2);
  bits.copy(payload, header.quantiserBit, header.endBit);
  if (!picture.isArithmetic) {
    bits.copy(payload, header.endBit, stopBitOf(payload)).trailingBits();
    return withEmulationPrevention(bits.toBytes());
  }
  bits.alignWith(1);
  bits.copy(payload, (header.endBit + 7) & ~7, payload.length * 8);
  return withEmulationPrevention(bits.toBytes());
}

/** The smaller of both fields' orders is 0 in an IDR (section 8.2.1). */
function idrOrder(header: SliceHeader): number {
  return header.isIdr ? header.orderBits : Math.max(0, -header.bottomOrder);
}
