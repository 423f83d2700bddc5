import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TokenBuckets } from './token-buckets.ts';

class HandClock {
  nowMs = 0;
  monotonicMs(): number {
    return this.nowMs;
  }
  wallMs(): number {
    return this.nowMs;
  }
}

const LIMITS = { burst: 3, perMinute: 60, keysMax: 2 };

describe('a bucket', () => {
  it('gives its burst at once, and not one more', () => {
    const buckets = new TokenBuckets(LIMITS, new HandClock());
    expect([1, 2, 3, 4].map(() => buckets.take('a'))).toEqual([
      { granted: true, left: 2, waitMs: 0 },
      { granted: true, left: 1, waitMs: 0 },
      { granted: true, left: 0, waitMs: 1_000 },
      { granted: false, left: 0, waitMs: 1_000 },
    ]);
  });

  it.each([
    [999, false],
    [1_000, true],
  ])('that is empty gives one more after %i ms: %s', (afterMs, granted) => {
    const clock = new HandClock();
    const buckets = new TokenBuckets(LIMITS, clock);
    for (let taken = 0; taken < 3; taken += 1) buckets.take('a');
    clock.nowMs = afterMs;
    expect(buckets.take('a').granted).toBe(granted);
  });

  it('never holds more than its burst', () => {
    const clock = new HandClock();
    const buckets = new TokenBuckets(LIMITS, clock);
    buckets.take('a');
    clock.nowMs = 3_600_000;
    expect(buckets.take('a').left).toBe(2);
  });

  it('is of its key alone, and the one quiet for longest is forgotten', () => {
    const buckets = new TokenBuckets(LIMITS, new HandClock());
    buckets.take('a');
    buckets.take('b');
    buckets.take('a');
    expect(buckets.take('a').left).toBe(0);
    buckets.take('c');
    expect(buckets.size).toBe(2);
    expect(buckets.take('b').left).toBe(2);
  });

  it('gives in any time no more than its burst and what that time brings', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2_000), { maxLength: 200 }), (waits) => {
        const clock = new HandClock();
        const buckets = new TokenBuckets(LIMITS, clock);
        let granted = 0;
        for (const waitMs of waits) {
          clock.nowMs += waitMs;
          if (buckets.take('a').granted) granted += 1;
        }
        expect(granted).toBeLessThanOrEqual(LIMITS.burst + clock.nowMs / 1_000 + 1e-6);
      }),
    );
  });
});
