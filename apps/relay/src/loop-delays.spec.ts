import { describe, expect, it } from 'vitest';
import { FakeTime } from '#testing';
import { LoopDelays } from './loop-delays.ts';

describe('the delays of event loops', () => {
  const time = new FakeTime();
  let heldUpMs = 0;
  const clock = { wallMs: () => 0, monotonicMs: () => time.monotonicMs() + heldUpMs };
  const lanes = { size: 2, takeDelayMs: (lane: number) => 10 + lane };
  const delays = new LoopDelays({ clock, timers: time, lanes });

  it('are those of the main thread and of each lane', () => {
    time.advance(1_000);
    expect([...delays.take()]).toEqual([
      ['main', 0],
      ['lane-0', 10],
      ['lane-1', 11],
    ]);
  });

  it('are the longest, told once', () => {
    for (const ms of [70, 250, 30]) {
      heldUpMs += ms;
      time.advance(100);
    }
    expect(delays.take().get('main')).toBe(250);
    expect(delays.take().get('main')).toBe(0);
  });

  it('are not looked for after the end', () => {
    delays.close();
    expect(time.waiting).toBe(0);
  });
});
