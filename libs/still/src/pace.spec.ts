import { describe, expect, it } from 'vitest';
import {
  FRAME_MS_MAX,
  FRAME_MS_MIN,
  framePace,
  KEYFRAME_MS_LEAST,
  KEYFRAME_MS_MOST,
} from './pace.ts';

const steady = (count: number, stepMs: number): number[] =>
  Array.from({ length: count }, (_, index) => Math.round(index * stepMs));

describe('the pace of a still', () => {
  it('is that of the frames before, however they are rounded', () => {
    expect(framePace(steady(61, 1000 / 60)).frameMs).toBeCloseTo(1000 / 60, 9);
  });

  it('leaves out a frame that is missing', () => {
    const times = steady(30, 40).filter((_, index) => index !== 7);
    expect(framePace(times).frameMs).toBe(40);
  });

  it('is that of most encoders where a single frame tells nothing', () => {
    expect(framePace([500]).frameMs).toBeCloseTo(1000 / 30, 9);
    expect(framePace([]).frameMs).toBeCloseTo(1000 / 30, 9);
  });

  it('has bounds', () => {
    expect(framePace(steady(9, FRAME_MS_MIN)).frameMs).toBe(FRAME_MS_MIN);
    expect(framePace(steady(9, FRAME_MS_MIN - 1)).frameMs).toBe(FRAME_MS_MIN);
    expect(framePace([0, 0, 0]).frameMs).toBe(FRAME_MS_MIN);
    expect(framePace(steady(9, FRAME_MS_MAX)).frameMs).toBe(FRAME_MS_MAX);
    expect(framePace(steady(9, FRAME_MS_MAX + 1)).frameMs).toBe(FRAME_MS_MAX);
  });

  it('repeats keyframes as far apart as the last group was long, within bounds', () => {
    expect(framePace(steady(10, 40)).keyframeMs).toBe(KEYFRAME_MS_LEAST);
    expect(framePace(steady(75, 40)).keyframeMs).toBe(3000);
    expect(framePace(steady(100, 40)).keyframeMs).toBe(KEYFRAME_MS_MOST);
    expect(framePace(steady(101, 40)).keyframeMs).toBe(KEYFRAME_MS_MOST);
  });
});
