import { describe, expect, it } from 'vitest';
import { decibelsOf, silenceDecibels } from './sound-meter.ts';

describe('a level of sound', () => {
  it.each([
    [[], silenceDecibels],
    [[0, 0], silenceDecibels],
    [[0.0001], silenceDecibels],
    [[0.1, -1], 0],
    [[2], 0],
    [[0, -0.5, 0.25], -6],
    [[0.01], -40],
  ])('of %j is %i dB', (samples, decibels) => {
    expect(Math.round(decibelsOf(samples))).toBe(decibels);
  });
});
