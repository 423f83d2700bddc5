import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitReader, withoutEmulationPrevention } from '#flv';
import { anySets, knownSets } from './any-sets.fixture.ts';
import type { AvcSets } from './avc-sets.ts';
import { PICTURE_BLOCKS_MAX, SkipPicture } from './skip-picture.ts';
import { skippedBlocks } from './skipped-blocks.ts';
import { readSliceHeader } from './slice-header.ts';

function skipFor(sets: AvcSets): SkipPicture {
  const skip = SkipPicture.for(sets);
  if (typeof skip === 'string') throw new Error(skip);
  return skip;
}

function sized(sets: AvcSets, widthInBlocks: number, heightInBlocks: number): AvcSets {
  return { ...sets, sequence: { ...sets.sequence, widthInBlocks, heightInBlocks } };
}

describe('a picture of nothing but skipped blocks', () => {
  it('is read as one P slice that continues, whatever its parameter sets say', () => {
    const place = fc.record({ number: fc.nat(65_535), order: fc.nat(9999), steps: fc.nat(15) });
    fc.assert(
      fc.property(anySets, place, (sets, { number, order, steps }) => {
        const { sequence, picture } = sets;
        const frameNumber = number % 2 ** sequence.frameNumberBits;
        const unit = skipFor(sets).unit(frameNumber, order, steps + 1);
        const payload = withoutEmulationPrevention(unit.subarray(1));
        const header = readSliceHeader(unit[0] ?? 0, payload, knownSets(sets));
        if (typeof header === 'string') throw new Error(header);
        const orderBits = sequence.orderType === 0 ? order % 2 ** sequence.orderBits : 0;
        expect(header).toMatchObject({ kind: 0, firstBlock: 0, importance: 2, frameNumber });
        expect(header).toMatchObject({ isIdr: false, isLongTerm: false, commands: [], orderBits });
        const bits = new BitReader(payload);
        bits.skip(header.endBit);
        const blocks = sequence.widthInBlocks * sequence.heightInBlocks;
        if (picture.isArithmetic) {
          while (bits.bitsLeft % 8 !== 0) expect(bits.bit()).toBe(1);
          const data = payload.subarray(payload.length - bits.bitsLeft / 8);
          expect(data).toEqual(skippedBlocks(blocks, sequence.isFieldAdaptive));
        } else {
          expect(bits.exponentialGolomb()).toBe(blocks);
          expect(bits.bit()).toBe(1);
          expect(bits.bits(bits.bitsLeft)).toBe(0);
        }
      }),
    );
  });

  it('costs some forty bytes for a picture of 1080p, and for one of 4K four times as many', () => {
    expect(skippedBlocks(8160, false).length).toBeLessThan(45);
    expect(skippedBlocks(32_400, false).length).toBeLessThan(160);
    expect(skippedBlocks(8160, true).length).toBeLessThan(skippedBlocks(8160, false).length);
  });

  it('exists up to the largest picture that may', () => {
    const [sets] = fc.sample(anySets, 1);
    if (sets === undefined) throw new Error('no sets');
    expect(SkipPicture.for(sized(sets, PICTURE_BLOCKS_MAX, 1))).toBeInstanceOf(SkipPicture);
    const reason = SkipPicture.for(sized(sets, PICTURE_BLOCKS_MAX + 1, 1));
    expect(reason).toBe('the picture is larger than any that may exist');
  });
});
