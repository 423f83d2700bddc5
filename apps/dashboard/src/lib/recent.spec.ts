import { describe, expect, it } from 'vitest';
import { recentOf, recentWords } from './recent.ts';
import type { SampleWindow } from './samples.ts';

const window = (...points: readonly (readonly [second: number, value: number])[]): SampleWindow => [
  Float64Array.from(points, ([second]) => second),
  Float64Array.from(points, ([, value]) => value),
];
const valuesOf = (told: SampleWindow, to = 106, seconds = 7) =>
  recentOf([told], to, seconds).series[0];

describe('the last seconds', () => {
  it('are all of them, and what nobody has spoken of is a gap', () => {
    const { times, series } = recentOf([window([100, 1], [101, 2]), window()], 102, 4);
    expect(times).toEqual([99, 100, 101, 102]);
    expect(series).toEqual([
      [null, 1, 2, 2],
      [null, null, null, null],
    ]);
  });

  it('have no gap where a figure came a second late, and one where none came', () => {
    expect(valuesOf(window([100, 1], [102, 2], [106, 3]))).toEqual([1, 1, 2, 2, 2, null, 3]);
  });

  it('hold nothing of before or after', () => {
    expect(valuesOf(window([90, 1], [99, 2], [107, 3]), 102, 3)).toEqual([2, 2, null]);
  });
});

describe('the words', () => {
  const say = (value: number): string => `${value} fps`;

  it.each([
    [[null, 5, 3, 4], '4 fps now, 3 fps to 5 fps in the last ten minutes'],
    [[5, null], 'nothing now, 5 fps to 5 fps in the last ten minutes'],
    [[0], '0 fps now, 0 fps to 0 fps in the last ten minutes'],
    [[null, null], 'nothing in the last ten minutes'],
    [[], 'nothing in the last ten minutes'],
  ])('of %j are %j', (values, words) => {
    expect(recentWords(values, say)).toBe(words);
  });
});
