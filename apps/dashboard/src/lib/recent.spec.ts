import { describe, expect, it } from 'vitest';
import { recentOf, recentWords, sparkLines } from './recent.ts';
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
  const say = (value: number): string => `${Math.round(value)} fps`;

  it.each([
    [[null, 5, 3, 4], '4 fps now, 3 fps to 5 fps'],
    [[5, 3, null], 'nothing now, 3 fps to 5 fps before'],
    [[5, null], 'nothing now, 5 fps before'],
    [[5.1, 4.9], '5 fps'],
    [[0], '0 fps'],
    [[null, null], 'nothing'],
    [[], 'nothing'],
  ])('of %j are %j', (values, words) => {
    expect(recentWords(values, say)).toBe(words);
  });
});

describe('a small picture of values', () => {
  it('has a line for each part between gaps, and a peak for what was greatest in a step', () => {
    expect(sparkLines([0, 4, null, null, 2, 2, 1, null], 4, 8)).toEqual(['2.0,4.0 3.0,6.0']);
    expect(sparkLines([0, 1, 4, 0, null, null, 2, 2], 8, 8)).toEqual([
      '0.0,8.0 1.0,6.0 2.0,0.0 3.0,8.0',
      '6.0,4.0 7.0,4.0',
    ]);
    expect(sparkLines([0, 4, 1, 0, 2, 2], 3, 8)).toEqual(['0.0,0.0 1.0,6.0 2.0,4.0']);
  });

  it('is flat where nothing goes, and empty where nothing is known', () => {
    expect(sparkLines([0, 0], 2, 8)).toEqual(['0.0,8.0 1.0,8.0']);
    expect(sparkLines([null, null], 2, 8)).toEqual([]);
    expect(sparkLines([], 2, 8)).toEqual([]);
  });
});
