import { BitWriter, withEmulationPrevention, withoutEmulationPrevention } from '#flv';
import { AvcUnit, avcUnitType, type AvcSets, type KnownSets } from './avc-sets.ts';
import { readSliceHeader, SliceKind } from './slice-header.ts';
import type { Deblocking, SliceFault, SliceHeader } from './slice-header.ts';

/** A slice without its unit's header byte and emulation prevention. */
export interface AvcSlice {
  readonly header: SliceHeader;
  readonly payload: Uint8Array;
}

export function readAvcSlice(unit: Uint8Array, known: KnownSets): AvcSlice | SliceFault {
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

/** Section 7.3.3, as it is for an I slice of an IDR frame; its data is as it was. */
export function writeIdrSlice({ header, payload }: AvcSlice, idrPictureId: number): Uint8Array {
  const { sequence, picture } = header.sets;
  const bits = new BitWriter();
  const importance = header.importance === 0 ? 1 : header.importance;
  bits.bits((importance << 5) | AvcUnit.IDR, 8);
  bits.exponentialGolomb(header.firstBlock);
  bits.exponentialGolomb(SliceKind.I + 5).exponentialGolomb(picture.id);
  bits.bits(0, sequence.frameNumberBits);
  if (!sequence.isFramesOnly) bits.bit(0);
  bits.exponentialGolomb(idrPictureId);
  writeOrder(bits, header);
  if (picture.hasRedundantCount) bits.exponentialGolomb(0);
  // Pictures before it are shown still, and it stays no longer than others.
  bits.bits(0, 2);
  bits.signedExponentialGolomb(header.quantiser - picture.initialQuantiser);
  if (picture.hasDeblockingControl) writeDeblocking(bits, header.deblocking);
  if (!picture.isArithmetic) {
    bits.copy(payload, header.endBit, stopBitOf(payload)).trailingBits();
    return withEmulationPrevention(bits.toBytes());
  }
  bits.alignWith(1);
  bits.copy(payload, (header.endBit + 7) & ~7, payload.length * 8);
  return withEmulationPrevention(bits.toBytes());
}

function writeOrder(bits: BitWriter, header: SliceHeader): void {
  const { sequence, picture }: AvcSets = header.sets;
  if (sequence.orderType === 0) {
    bits.bits(idrOrder(header), sequence.orderBits);
    if (picture.hasBottomOrder) bits.signedExponentialGolomb(header.bottomOrder);
  }
  if (sequence.orderType === 1 && !sequence.isOrderSilent) {
    bits.signedExponentialGolomb(header.isIdr ? header.orderDeltas[0] : 0);
    if (picture.hasBottomOrder) bits.signedExponentialGolomb(header.orderDeltas[1]);
  }
}

function writeDeblocking(bits: BitWriter, [mode, alpha, beta]: Deblocking): void {
  bits.exponentialGolomb(mode);
  if (mode !== 1) bits.signedExponentialGolomb(alpha).signedExponentialGolomb(beta);
}

/** The smaller of both fields' orders is 0 in an IDR (section 8.2.1). */
export function idrOrder(header: SliceHeader): number {
  return header.isIdr ? header.orderBits : Math.max(0, -header.bottomOrder);
}
