import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitWriter, withEmulationPrevention, withoutEmulationPrevention } from '#flv';
import { anySets, knownSets } from './any-sets.fixture.ts';
import type { AvcSets } from './avc-sets.ts';
import { IdrPicture } from './idr-picture.ts';
import { readSliceHeader, type SliceHeader } from './slice-header.ts';

interface IntraSlice {
  readonly isIdr: boolean;
  readonly firstBlock: number;
  readonly idrPictureId: number;
  readonly quantiser: number;
  /** Behind the header; in CAVLC it need not begin at a whole byte. */
  readonly data: Uint8Array;
}

const anySlice: fc.Arbitrary<IntraSlice> = fc.record({
  isIdr: fc.boolean(),
  firstBlock: fc.nat(1000),
  idrPictureId: fc.nat(65_535),
  quantiser: fc.integer({ min: -20, max: 20 }),
  // Zeros, ones and threes are what emulation prevention is about.
  data: fc.uint8Array({ max: 4, maxLength: 40 }),
});

/** Of order 0, so that it may be an IDR's. */
function writeIntraSlice({ sequence, picture }: AvcSets, slice: IntraSlice): Uint8Array {
  const bits = new BitWriter().bits(slice.isIdr ? 0x65 : 0x41, 8);
  bits.exponentialGolomb(slice.firstBlock).exponentialGolomb(7).exponentialGolomb(picture.id);
  bits.bits(0, sequence.frameNumberBits);
  if (!sequence.isFramesOnly) bits.bit(0);
  if (slice.isIdr) bits.exponentialGolomb(slice.idrPictureId);
  const isType0 = sequence.orderType === 0;
  const isType1 = sequence.orderType === 1 && !sequence.isOrderSilent;
  if (isType0) bits.bits(0, sequence.orderBits);
  if (isType1) bits.signedExponentialGolomb(0);
  if ((isType0 || isType1) && picture.hasBottomOrder) bits.signedExponentialGolomb(1);
  if (picture.hasRedundantCount) bits.exponentialGolomb(0);
  bits.bits(0, slice.isIdr ? 2 : 1).signedExponentialGolomb(slice.quantiser);
  if (picture.hasDeblockingControl) bits.exponentialGolomb(0).bits(0b11, 2);
  if (picture.isArithmetic) bits.alignWith(1);
  bits.copy(slice.data, 0, slice.data.length * 8).trailingBits();
  return withEmulationPrevention(bits.toBytes());
}

interface Read {
  readonly header: SliceHeader;
  /** Bits as text, up to the one that ends them. */
  readonly data: string;
}

function read(sets: AvcSets, unit: Uint8Array): Read {
  const payload = withoutEmulationPrevention(unit.subarray(1));
  const header = readSliceHeader(unit[0] ?? 0, payload, knownSets(sets));
  if (typeof header === 'string') throw new Error(header);
  const start = sets.picture.isArithmetic ? (header.endBit + 7) & ~7 : header.endBit;
  const text = [...payload].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return { header, data: text.slice(start, text.lastIndexOf('1')) };
}

function repeated(sets: AvcSets, units: readonly Uint8Array[], turn: number): Uint8Array[] {
  const picture = IdrPicture.from(units, knownSets(sets));
  if (typeof picture === 'string') throw new Error(picture);
  return picture.units(turn);
}

describe('an intra picture made an IDR', () => {
  it('has another header, and its data to the bit', () => {
    const slices = fc.array(anySlice, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(anySets, slices, fc.nat(3), (sets, slices, turn) => {
        const units = slices.map((slice) => writeIntraSlice(sets, slice));
        const written = repeated(sets, units, turn).map((unit) => read(sets, unit));
        for (const [index, { header, data }] of written.entries()) {
          const before = read(sets, units[index] ?? new Uint8Array());
          expect(data).toBe(before.data);
          expect(header).toMatchObject({ isIdr: true, kind: 2, frameNumber: 0, isLongTerm: false });
          expect(header.firstBlock).toBe(before.header.firstBlock);
          expect([60_001, 60_002]).toContain(header.idrPictureId);
          expect(header.idrPictureId).toBe(written[0]?.header.idrPictureId);
        }
      }),
    );
  });

  it('keeps its parameter sets and what lasts, and leaves away what belonged to its moment', () => {
    const [sets] = fc.sample(anySets, 1);
    const [slice] = fc.sample(anySlice, 1);
    if (sets === undefined || slice === undefined) throw new Error('no sample');
    const units = [
      ...[
        [0x09, 0x10],
        [0x67, 1],
        [0x68, 1],
        [0x6d, 1],
      ],
      // Mastering display, captions, the recovery point; filler, the end of a sequence.
      ...[[0x06, 137, 0], [0x06, 4, 0], [0x06, 6, 0], [0x0c, 0xff], [0x0a]],
    ].map((bytes) => Uint8Array.from(bytes));
    const kept = repeated(sets, [...units, writeIntraSlice(sets, slice)], 0);
    expect(kept.slice(0, -1)).toEqual(units.slice(0, 5));
    expect((kept.at(-1)?.[0] ?? 0) & 0x1f).toBe(5);
  });
});
