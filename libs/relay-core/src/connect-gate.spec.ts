import { describe, expect, it } from 'vitest';

import { ConnectGate } from './connect-gate.ts';

describe('the connect gate', () => {
  it('lets them in one by one, apart, in the order in which they asked', () => {
    const gate = new ConnectGate({ concurrentMax: 9, apartMs: 100 });
    for (const pushId of ['a', 'b', 'c']) gate.ask(pushId);
    expect(gate.admit(0)).toEqual({ admitted: ['a'], nextAtMs: 100 });
    expect(gate.admit(99)).toEqual({ admitted: [], nextAtMs: 100 });
    expect(gate.admit(100)).toEqual({ admitted: ['b'], nextAtMs: 200 });
    expect(gate.admit(500)).toEqual({ admitted: ['c'], nextAtMs: null });
  });

  it('has let fifty in after two and a half seconds, where each is live at once', () => {
    const gate = new ConnectGate();
    for (let push = 0; push < 50; push += 1) gate.ask(`${push}`);
    let inside = 0;
    for (let nowMs = 0; nowMs <= 2_500; nowMs += 50) {
      const { admitted } = gate.admit(nowMs);
      inside += admitted.length;
      for (const pushId of admitted) gate.leave(pushId);
    }
    expect(inside).toBe(50);
  });

  it('lets in no more than its maximum, and the next when one leaves', () => {
    const gate = new ConnectGate({ concurrentMax: 2, apartMs: 0 });
    for (const pushId of ['a', 'b', 'c']) gate.ask(pushId);
    expect(gate.admit(0)).toEqual({ admitted: ['a', 'b'], nextAtMs: null });
    gate.leave('a');
    expect(gate.admit(0)).toEqual({ admitted: ['c'], nextAtMs: null });
  });

  it('forgets those who leave the line, and gives nobody two places', () => {
    const gate = new ConnectGate({ concurrentMax: 9, apartMs: 0 });
    for (const pushId of ['a', 'a', 'b']) gate.ask(pushId);
    gate.leave('b');
    expect(gate.admit(0).admitted).toEqual(['a']);
    gate.ask('a');
    expect(gate.admit(0).admitted).toEqual([]);
  });
});
