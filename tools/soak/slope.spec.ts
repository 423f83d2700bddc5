import { describe, expect, it } from 'vitest';
import { seededRandom } from '#testing';
import { judgeSlope, slopeOf } from './slope.ts';
import type { Point } from './slope.ts';

const SECONDS = 1_800;
const LOOK_MS = 5_000;

/** Half an hour of looks at something that grows by so much an hour. */
function looks(perHour: number, noise: (index: number) => number): Point[] {
  return Array.from({ length: (SECONDS * 1_000) / LOOK_MS }, (_, index) => {
    const atMs = 1_000_000 + index * LOOK_MS;
    return { atMs, value: 200 + (perHour * index * LOOK_MS) / 3_600_000 + noise(index) };
  });
}

function white(seed: number): () => number {
  const random = seededRandom(seed);
  return () => (random() - 0.5) * 4;
}

/** Each value keeps most of the one before, as memory does between two collections. */
function red(seed: number): () => number {
  const random = seededRandom(seed);
  let value = 0;
  return () => (value = value * 0.95 + (random() - 0.5) * 2);
}

describe('a slope', () => {
  it('of a straight line is exact', () => {
    const slope = slopeOf(looks(7.5, () => 0));
    expect(slope?.perHour).toBeCloseTo(7.5, 6);
    expect(slope?.errorPerHour).toBeCloseTo(0, 6);
  });

  it('of what does not move is none, and sure', () => {
    const slope = slopeOf(looks(0, () => 0))!;
    expect(slope).toMatchObject({ perHour: 0, errorPerHour: 0 });
    expect(judgeSlope(slope, 0)).toBe('held');
  });

  it.each([white, red])('of noise has the truth within its error, nearly always', (noise) => {
    const found = Array.from({ length: 100 }, (_, seed) => slopeOf(looks(3, noise(seed)))!);
    const right = found.filter((one) => Math.abs(one.perHour - 3) <= one.errorPerHour);
    expect(right.length).toBeGreaterThanOrEqual(88);
  });

  it('is less sure where each look leans on the one before', () => {
    const error = (noise: () => number) => slopeOf(looks(0, noise))!.errorPerHour;
    expect(error(red(1))).toBeGreaterThan(3 * error(white(1)));
  });

  it('is none of too few looks', () => {
    expect(slopeOf(looks(1, () => 0).slice(0, 9))).toBeUndefined();
    expect(slopeOf(looks(1, () => 0).slice(0, 10))).toBeDefined();
  });
});

describe('the judgement of a slope', () => {
  const judged = (perHour: number, errorPerHour: number) =>
    judgeSlope({ perHour, errorPerHour, points: 100 }, 1);

  it('needs the whole interval on one side of the limit', () => {
    expect(judged(0.2, 0.8)).toBe('held');
    expect(judged(0.2, 0.9)).toBe('not told apart');
    expect(judged(2, 0.9)).toBe('broken');
    expect(judged(2, 1)).toBe('not told apart');
  });
});
