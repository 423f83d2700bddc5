import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseAv1Config } from './av1-config.ts';
import { parseAvcConfig } from './avc-config.ts';
import { parseHevcConfig } from './hevc-config.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(/\s/g, ''), 'hex');

/** Writes what the parsers read, to try every branch of them. */
class BitWriter {
  #bits = '';

  bits(value: number, count: number): this {
    this.#bits += value.toString(2).padStart(count, '0');
    return this;
  }

  golomb(value: number): this {
    const code = (value + 1).toString(2);
    this.#bits += '0'.repeat(code.length - 1) + code;
    return this;
  }

  signedGolomb(value: number): this {
    return this.golomb(value > 0 ? 2 * value - 1 : -2 * value);
  }

  bytes(): Buffer {
    const whole = `${this.#bits}1`.padEnd(Math.ceil((this.#bits.length + 1) / 8) * 8, '0');
    return Buffer.from((whole.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  }

  /** With emulation prevention. */
  unit(header: string): Buffer {
    const out: number[] = [];
    for (const byte of this.bytes()) {
      if (byte <= 3 && out.at(-1) === 0 && out.at(-2) === 0) out.push(3);
      out.push(byte);
    }
    return Buffer.concat([hex(header), Buffer.from(out)]);
  }
}

/** `scales` that go up and down, then the zero that ends a list early. Undefined: no list. */
function writeScalingList(bits: BitWriter, size: number, scales: number | undefined): void {
  bits.bits(scales === undefined ? 0 : 1, 1);
  if (scales === undefined) return;
  for (let scale = 0; scale < Math.min(scales, size); scale += 1) {
    bits.signedGolomb(scale % 2 === 0 ? 3 : -3);
  }
  if (scales < size) bits.signedGolomb(scales % 2 === 0 ? -8 : -11);
}

const lengthOf = (unit: Buffer): Buffer => Buffer.of(unit.length >> 8, unit.length & 0xff);

const pictures = fc.record({
  blocksWide: fc.integer({ min: 2, max: 500 }),
  blocksHigh: fc.integer({ min: 2, max: 250 }),
  cropRight: fc.integer({ min: 0, max: 3 }),
  cropTop: fc.integer({ min: 0, max: 3 }),
  chroma: fc.integer({ min: 0, max: 3 }),
  depth: fc.integer({ min: 0, max: 4 }),
});

describe('every branch of a parameter set', () => {
  it('of H.264 leads to the size of the picture', () => {
    const shape = fc.record({
      progressive: fc.boolean(),
      poc: fc.integer({ min: 0, max: 2 }),
      cycle: fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 255 }),
      lists: fc.array(fc.nat(70), { maxLength: 12 }),
      apart: fc.boolean(),
    });
    fc.assert(
      fc.property(pictures, shape, (picture, { progressive, poc, cycle, lists, apart }) => {
        const { blocksWide, blocksHigh, cropRight, cropTop, chroma, depth } = picture;
        const bits = new BitWriter().bits(100, 8).bits(0, 8).bits(31, 8).golomb(0).golomb(chroma);
        if (chroma === 3) bits.bits(apart ? 1 : 0, 1);
        bits.golomb(depth).golomb(depth).bits(0, 1).bits(1, 1);
        for (let list = 0; list < (chroma === 3 ? 12 : 8); list += 1) {
          writeScalingList(bits, list < 6 ? 16 : 64, lists[list]);
        }
        bits.golomb(0).golomb(poc);
        if (poc === 0) bits.golomb(2);
        if (poc === 1) {
          bits.bits(0, 1).signedGolomb(-3).signedGolomb(3).golomb(cycle.length);
          for (const offset of cycle) bits.signedGolomb(offset);
        }
        bits
          .golomb(4)
          .bits(0, 1)
          .golomb(blocksWide - 1)
          .golomb(blocksHigh - 1);
        bits.bits(progressive ? 1 : 0, 1);
        if (!progressive) bits.bits(1, 1);
        bits.bits(1, 1).bits(1, 1).golomb(0).golomb(cropRight).golomb(cropTop).golomb(0);
        const unit = bits.unit('67');
        const record = Buffer.concat([hex('0164001fffe1'), lengthOf(unit), unit, hex('00')]);
        const isApart = chroma === 3 && apart;
        const gridWidth = chroma === 1 || chroma === 2 ? 2 : 1;
        const gridHeight = chroma === 1 && !isApart ? 2 : 1;
        const fields = progressive ? 1 : 2;
        expect(parseAvcConfig(record)).toMatchObject({
          width: 16 * blocksWide - gridWidth * cropRight,
          height: fields * (16 * blocksHigh - gridHeight * cropTop),
          bitDepth: 8 + depth,
          level: '3.1',
        });
      }),
    );
  });

  it('of H.265 leads to the size of the picture', () => {
    const layers = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { maxLength: 6 });
    fc.assert(
      fc.property(pictures, layers, (picture, subLayers) => {
        const { blocksWide, blocksHigh, cropRight, cropTop, chroma, depth } = picture;
        const bits = new BitWriter().bits(0, 4).bits(subLayers.length, 3).bits(1, 1);
        const profile = (): BitWriter => bits.bits(0x02, 8).bits(0, 32).bits(0, 32).bits(0, 16);
        profile().bits(123, 8);
        if (subLayers.length > 0) {
          // The bits of layers that are not there are reserved, and mean nothing.
          for (let layer = 0; layer < 8; layer += 1) {
            const [hasProfile, hasLevel] = subLayers[layer] ?? [true, true];
            bits.bits(hasProfile ? 1 : 0, 1).bits(hasLevel ? 1 : 0, 1);
          }
        }
        for (const [hasProfile, hasLevel] of subLayers) {
          if (hasProfile) profile();
          if (hasLevel) bits.bits(90, 8);
        }
        bits.golomb(0).golomb(chroma);
        if (chroma === 3) bits.bits(0, 1);
        bits
          .golomb(16 * blocksWide)
          .golomb(16 * blocksHigh)
          .bits(1, 1);
        bits.golomb(0).golomb(cropRight).golomb(cropTop).golomb(0).golomb(depth);
        const unit = bits.unit('4201');
        const head = Buffer.concat([Buffer.alloc(22), hex('01 21 0001'), lengthOf(unit)]);
        expect(parseHevcConfig(Buffer.concat([head, unit]))).toMatchObject({
          profile: 'Main 10',
          level: '4.1',
          width: 16 * blocksWide - (chroma === 1 || chroma === 2 ? 2 : 1) * cropRight,
          height: 16 * blocksHigh - (chroma === 1 ? 2 : 1) * cropTop,
          bitDepth: 8 + depth,
        });
      }),
    );
  });

  it('of AV1 leads to the size of the picture', () => {
    const shape = fc.record({
      still: fc.boolean(),
      timing: fc.boolean(),
      equal: fc.boolean(),
      model: fc.boolean(),
      delay: fc.boolean(),
      points: fc.array(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 32 }),
      sized: fc.boolean(),
    });
    fc.assert(
      fc.property(pictures, shape, ({ blocksWide, blocksHigh }, shape) => {
        const { still, timing, equal, model, delay, points, sized } = shape;
        const flag = (value: boolean): number => (value ? 1 : 0);
        const bits = new BitWriter().bits(0, 3).bits(0, 1).bits(flag(still), 1);
        if (still) bits.bits(8, 5);
        else {
          bits.bits(flag(timing), 1);
          if (timing) {
            bits.bits(1, 32).bits(30, 32).bits(flag(equal), 1);
            if (equal) bits.golomb(77);
            bits.bits(flag(model), 1);
            if (model) bits.bits(9, 5).bits(1, 32).bits(3, 5).bits(3, 5);
          }
          bits.bits(flag(delay), 1).bits(points.length - 1, 5);
          for (const [index, level] of points.entries()) {
            bits.bits(index, 12).bits(level, 5);
            if (level > 7) bits.bits(1, 1);
            if (timing && model) bits.bits(index % 2, 1);
            if (timing && model && index % 2 === 1) bits.bits(0, 21);
            if (delay) bits.bits(1, 1).bits(5, 4);
          }
        }
        bits
          .bits(12, 4)
          .bits(11, 4)
          .bits(16 * blocksWide - 1, 13)
          .bits(16 * blocksHigh - 1, 12);
        const header = bits.bytes();
        const leb128 = Buffer.of(0x80 | (header.length & 0x7f), header.length >> 7);
        const obu = sized ? [hex('0a'), leb128, header] : [hex('0c 00'), header];
        const record = Buffer.concat([hex('81 0c 6c 00'), ...obu]);
        expect(parseAv1Config(record)).toMatchObject({
          width: 16 * blocksWide,
          height: 16 * blocksHigh,
          level: '5.0',
          bitDepth: 12,
        });
      }),
    );
  });
});
