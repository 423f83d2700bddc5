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
});
