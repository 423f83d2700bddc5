import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isHeld, mayDial, newLease, stepLease } from './lease.ts';
import type { LeaseEvent, LeaseState } from './lease.ts';

const FOR_MS = 10_000;

function after(events: readonly LeaseEvent[], nowMs: number): LeaseState {
  return events.reduce((state, event) => stepLease(state, event, nowMs), newLease());
}

const granted = (askedAtMs: number): LeaseEvent => ({ kind: 'granted', askedAtMs, forMs: FOR_MS });
const refused = (askedAtMs: number): LeaseEvent => ({ kind: 'refused', askedAtMs, owner: 'b' });
const unanswered = (askedAtMs: number): LeaseEvent => ({ kind: 'unanswered', askedAtMs });

describe('a lease', () => {
  it('is asked for before anything is dialled', () => {
    expect(mayDial(newLease(), 0)).toBe(false);
  });

  it('counts from the question and not from the answer, to its last millisecond', () => {
    const held = after([granted(1_000)], 9_000);
    expect(mayDial(held, 1_000 + FOR_MS - 1)).toBe(true);
    expect(mayDial(held, 1_000 + FOR_MS)).toBe(false);
  });

  it('stays ours while the store is away, until it would have ended there', () => {
    const away = stepLease(after([granted(0)], 0), unanswered(5_000), 5_500);
    expect(isHeld(away, 5_500)).toBe(true);
    const longAway = stepLease(away, unanswered(10_000), 10_500);
    expect(longAway.standing).toBe('unknown');
    expect(isHeld(longAway, 10_500)).toBe(false);
  });

  it('lets a push dial while nobody can be asked: media waits for no store', () => {
    expect(mayDial(after([unanswered(0)], 500), 500)).toBe(true);
  });

  it('that another node has stays theirs when the store goes away', () => {
    const lost = after([granted(0), refused(1_000), unanswered(2_000)], 2_500);
    expect(lost).toMatchObject({ standing: 'lost', owner: 'b' });
    expect(mayDial(lost, 2_500)).toBe(false);
  });

  it('comes back when the store says so', () => {
    expect(mayDial(after([refused(0), unanswered(1_000), granted(2_000)], 2_001), 2_001)).toBe(
      true,
    );
  });

  it('is not revived by an answer that was overtaken', () => {
    expect(after([refused(1_000), granted(999)], 1_001).standing).toBe('lost');
    expect(after([granted(1_000), refused(999)], 1_001).standing).toBe('held');
  });

  it('that was given back is asked for again', () => {
    const given = after([granted(0), { kind: 'released', askedAtMs: 1 }], 1);
    expect(mayDial(given, 1)).toBe(false);
  });
});

describe('two nodes and one store, whatever they ask and whoever is late', () => {
  const act = fc.record({
    node: fc.constantFrom(0, 1),
    stepMs: fc.integer({ min: 0, max: 6_000 }),
    /** How long the answer takes: as long as the lease is, and longer. */
    lateMs: fc.constantFrom(0, 1, 400, FOR_MS, FOR_MS + 1),
  });

  it('never both hold the stream', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const nodes = [newLease(), newLease()];
        let owner = { node: -1, untilMs: 0 };
        let nowMs = 0;
        for (const { node, stepMs, lateMs } of acts) {
          nowMs += stepMs;
          const askedAtMs = nowMs;
          const isFree = owner.node === -1 || owner.node === node || owner.untilMs <= nowMs;
          if (isFree) owner = { node, untilMs: nowMs + FOR_MS };
          nowMs += lateMs;
          const event = isFree ? granted(askedAtMs) : refused(askedAtMs);
          nodes[node] = stepLease(nodes[node] ?? newLease(), event, nowMs);
          expect(nodes.filter((lease) => isHeld(lease, nowMs)).length).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
