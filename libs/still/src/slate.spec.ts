import { describe, expect, it } from 'vitest';
import { avcInput } from './avc-stream.fixture.ts';
import { SLATE_BLOCKS_MAX, slateCoding } from './slate.ts';

const codingOf = (wide: number, high: number) =>
  slateCoding(avcInput({ blocks: [wide, high] }, []).headers);

describe('a slate', () => {
  it.each([
    [512, SLATE_BLOCKS_MAX / 512],
    [1_055, 1],
    [1, 1_055],
  ])('may have %i by %i blocks', (wide, high) => {
    expect(codingOf(wide, high)).toMatchObject({ codedWidth: wide * 16, codedHeight: high * 16 });
  });

  it.each([
    ['one row too many', 512, SLATE_BLOCKS_MAX / 512 + 1],
    ['a row too long', 1_056, 1],
    ['a column too long', 1, 1_056],
    ['what no picture has', 2 ** 30, 61_440],
  ])('has no size of %s', (_name, wide, high) => {
    expect(codingOf(wide, high)).toBe('it is too large');
  });
});
