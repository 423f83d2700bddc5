import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitReader } from './bit-reader.ts';
import { BitWriter } from './bit-writer.ts';
import { withEmulationPrevention, withoutEmulationPrevention } from './nal-unit.ts';

const GOLOMB_MAX = 2 ** 32 - 2;
const zeroes = fc.uint8Array({ max: 3, maxLength: 40 });

describe('a bit writer', () => {
  it('writes what a bit reader reads', () => {
    const piece = fc.oneof(
      fc.record({ kind: fc.constant('bits' as const), value: fc.nat(2 ** 31 - 1) }),
      fc.record({ kind: fc.constant('golomb' as const), value: fc.nat(GOLOMB_MAX) }),
      fc.record({ kind: fc.constant('signed' as const), value: fc.integer() }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const bits = new BitWriter();
        for (const { kind, value } of pieces) {
          if (kind === 'bits') bits.bits(value, 31);
          else if (kind === 'golomb') bits.exponentialGolomb(value);
          else bits.signedExponentialGolomb(value >> 1);
        }
        const reader = new BitReader(bits.toBytes());
        for (const { kind, value } of pieces) {
          if (kind === 'bits') expect(reader.bits(31)).toBe(value);
          else if (kind === 'golomb') expect(reader.exponentialGolomb()).toBe(value);
          else expect(reader.signedExponentialGolomb() + 0).toBe(value >> 1);
        }
        expect(reader.exhausted).toBe(false);
        expect(reader.bitsLeft).toBeLessThan(8);
      }),
    );
  });

  it('copies any stretch of bits behind any others', () => {
    const stretch = fc.uint8Array({ maxLength: 200 }).chain((bytes) => {
      const bit = fc.nat(bytes.length * 8);
      return fc.record({ bytes: fc.constant(bytes), one: bit, other: bit, before: fc.nat(9) });
    });
    fc.assert(
      fc.property(stretch, ({ bytes, one, other, before }) => {
        const [from, end] = [Math.min(one, other), Math.max(one, other)];
        const copied = new BitWriter().bits(0, before).copy(bytes, from, end).bit(1);
        const written = new BitWriter().bits(0, before);
        const reader = new BitReader(bytes);
        reader.skip(from);
        for (let at = from; at < end; at += 1) written.bit(reader.bit());
        expect(copied.toBytes()).toEqual(written.bit(1).toBytes());
        expect(copied.bitLength).toBe(before + end - from + 1);
      }),
    );
  });

  it('fills up to a whole byte, and ends a payload with a one', () => {
    expect([...new BitWriter().bit(0).alignWith(1).toBytes()]).toEqual([0x7f]);
    expect([...new BitWriter().alignWith(1).toBytes()]).toEqual([]);
    expect([...new BitWriter().bits(0xff, 8).trailingBits().toBytes()]).toEqual([0xff, 0x80]);
  });
});

describe('emulation prevention', () => {
  it('is undone by its opposite, and leaves nothing that must not stand in a unit', () => {
    fc.assert(
      fc.property(zeroes, (payload) => {
        const unit = withEmulationPrevention(payload);
        expect(withoutEmulationPrevention(unit)).toEqual(payload);
        expect(
          Buffer.from(unit)
            .toString('hex')
            .match(/^(?:..)*?00000[0-2]/),
        ).toBeNull();
      }),
    );
  });

  it('copies nothing where nothing is to be prevented', () => {
    const payload = Uint8Array.of(0, 0, 4, 0, 0);
    expect(withEmulationPrevention(payload)).toBe(payload);
    expect([...withEmulationPrevention(Uint8Array.of(0, 0, 3))]).toEqual([0, 0, 3, 3]);
  });
});
