import { describe, expect, it } from 'vitest';
import { Steadiness } from './steadiness.ts';

describe('the clock of a sender', () => {
  it('is steady from its first message on, within what a network does to it', () => {
    const clock = new Steadiness();
    expect(clock.steadyMs(50)).toBe(0);
    clock.onMessage(0xffff_ffff, 50);
    clock.onMessage(39, 90);
    clock.onMessage(139, 90);
    clock.onMessage(1_039, 2_090);
    expect([clock.steadyMs(2_090), clock.changes]).toEqual([2_040, 1]);
  });

  it('is another when it comes up by more than a limit, or falls behind', () => {
    const clock = new Steadiness();
    clock.onMessage(0, 0);
    clock.onMessage(101, 0);
    expect([clock.steadyMs(30), clock.changes]).toEqual([30, 2]);
    clock.onMessage(101, 1_001);
    expect([clock.steadyMs(1_030), clock.changes]).toEqual([29, 3]);
    clock.onMessage(150, 2_050);
    expect(clock.changes).toBe(3);
  });

  it('has keyframes that take their time, and one that was held up', () => {
    const clock = new Steadiness();
    const isInTime = (timestamp: number, nowMs: number) => {
      clock.onMessage(timestamp, nowMs);
      return clock.isEntryInTime(nowMs);
    };
    expect(isInTime(0, 0)).toBe(true);
    expect(isInTime(1_000, 1_300)).toBe(true);
    expect(isInTime(2_000, 2_400)).toBe(true);
    expect(isInTime(3_000, 3_501)).toBe(false);
    expect(isInTime(4_000, 4_501)).toBe(true);
    expect(isInTime(5_000, 6_700)).toBe(true);
    const fresh = new Steadiness();
    fresh.onMessage(0, 0);
    fresh.onMessage(1_000, 1_301);
    expect(fresh.isEntryInTime(1_301)).toBe(false);
  });
});
