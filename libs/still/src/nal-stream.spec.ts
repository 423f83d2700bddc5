import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  areUnitsShort,
  joinUnits,
  splitUnits,
  UNITS_BEFORE_SLICE_MAX,
  UNITS_MAX,
  unitsUpTo,
} from './nal-stream.ts';

const ONE = Buffer.from('0000000109', 'hex');
const NONE = Buffer.alloc(4);
const SLICE = Buffer.from('0000000165', 'hex');
const many = (count: number, unit: Buffer): Buffer =>
  Buffer.concat(Array.from({ length: count }, () => unit));
const isSlice = (unit: Uint8Array): boolean => unit[0] === 0x65;

describe('units of a frame', () => {
  it('are what they were joined from', () => {
    const units = fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { maxLength: 9 });
    fc.assert(
      fc.property(units, fc.integer({ min: 1, max: 4 }), (units, lengthBytes) => {
        const data = Buffer.concat(joinUnits(units, lengthBytes));
        expect(splitUnits(data, lengthBytes)?.map((unit) => [...unit])).toEqual(
          units.map((unit) => [...unit]),
        );
        expect(splitUnits(data.subarray(0, -1), lengthBytes) === undefined).toBe(data.length > 0);
      }),
    );
  });

  it('of no length are none', () => {
    expect(splitUnits(many(3, NONE), 4)).toEqual([]);
  });

  it('are as many as a picture may have, and not one more', () => {
    expect(splitUnits(many(UNITS_MAX, ONE), 4)?.length).toBe(UNITS_MAX);
    expect(splitUnits(many(UNITS_MAX + 1, ONE), 4)).toBeUndefined();
  });

  it('are looked at up to the first slice, where it comes early', () => {
    const early = Buffer.concat([many(UNITS_BEFORE_SLICE_MAX, ONE), SLICE, many(9999, ONE)]);
    expect(unitsUpTo(isSlice, early, 4)?.length).toBe(UNITS_BEFORE_SLICE_MAX + 1);
    const late = Buffer.concat([many(UNITS_BEFORE_SLICE_MAX + 1, ONE), SLICE]);
    expect(unitsUpTo(isSlice, late, 4)).toBeUndefined();
  });

  it('may be written anew where their lengths leave room for it', () => {
    expect(areUnitsShort([new Uint8Array(43_658)], 2)).toBe(true);
    expect(areUnitsShort([new Uint8Array(43_659)], 2)).toBe(false);
    expect(areUnitsShort([new Uint8Array(43_659)], 3)).toBe(true);
  });
});
