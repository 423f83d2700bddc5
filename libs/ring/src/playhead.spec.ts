import { describe, expect, it } from 'vitest';
import { DRIFT_MS_MAX, DRIFT_SHARE, HOLE_MS_MIN, Playhead } from './playhead.ts';

describe('a playhead', () => {
  it('goes as fast as the clock, and never back with it', () => {
    const playhead = new Playhead(5_000, 100);
    expect(playhead.advance(1_100, 6_000)).toBe(6_000);
    expect(playhead.advance(900, 6_000)).toBe(6_000);
    expect(playhead.advance(1_101, 6_001)).toBe(6_001);
  });

  it('heeds no drift at the limit, and comes near to its target slowly past it', () => {
    const playhead = new Playhead(0, 0);
    expect(playhead.advance(1_024, 1_024 + DRIFT_MS_MAX)).toBe(1_024);
    expect(playhead.advance(2_048, 2_049 + DRIFT_MS_MAX)).toBe(2_048 + 1_024 / DRIFT_SHARE);
    const slow = new Playhead(0, 0);
    expect(slow.advance(1_024, 1_024 - DRIFT_MS_MAX)).toBe(1_024);
    expect(slow.advance(2_048, 2_047 - DRIFT_MS_MAX)).toBe(2_048 - 1_024 / DRIFT_SHARE);
  });

  it('leaves out a hole only as far as it is late', () => {
    const playhead = new Playhead(0, 0);
    playhead.advance(100, 100);
    expect(playhead.leaveOut(5_000)).toBe(false);
    playhead.advance(100, 99 + HOLE_MS_MIN);
    expect(playhead.leaveOut(5_000)).toBe(false);
    playhead.advance(100, 100 + HOLE_MS_MIN);
    expect(playhead.leaveOut(5_000)).toBe(true);
    expect(playhead.advance(100, 100 + HOLE_MS_MIN)).toBe(100 + HOLE_MS_MIN);
    playhead.advance(100, 9_000);
    expect(playhead.leaveOut(5_000)).toBe(true);
    expect(playhead.advance(100, 9_000)).toBe(5_000);
  });
});
