import { describe, expect, it } from 'vitest';

import {
  JITTER_SHARE,
  needsAttention,
  QUICK_RETRY_MS_MAX,
  QUICK_RETRY_MS_MIN,
  retryDelayMs,
} from './back-off.ts';
import type { FailureHistory } from './back-off.ts';
import type { FailureClass } from './failure.ts';

const LEAST = (): number => 0;
const MIDDLE = (): number => 0.5;
const MOST = (): number => 1 - Number.EPSILON;

function nth(failureClass: FailureClass, count: number): FailureHistory {
  const counts = { failures: count, sameClassFailures: count };
  return { failureClass, ...counts, wasLive: false, ghostPossible: false };
}

function ladderSeconds(base: Omit<FailureHistory, 'failures' | 'sameClassFailures'>): number[] {
  return [1, 2, 3, 4, 5, 6, 7].map((count) =>
    Math.round(
      retryDelayMs({ ...base, failures: count, sameClassFailures: count }, MIDDLE) / 1_000,
    ),
  );
}

describe('how long to wait', () => {
  it.each<[FailureClass, number[]]>([
    ['transient', [1, 2, 4, 8, 15, 30, 30]],
    ['congested', [1, 2, 4, 8, 15, 30, 30]],
    ['internal', [1, 2, 4, 8, 15, 30, 30]],
    ['rejected', [5, 75, 75, 75, 300, 300, 300]],
    ['tls', [60, 60, 60, 300, 300, 300, 300]],
    ['config', [60, 60, 60, 300, 300, 300, 300]],
    ['content', [30, 60, 60, 300, 300, 300, 300]],
    ['limit', [30, 60, 300, 300, 300, 300, 300]],
    ['fenced', [30, 60, 60, 60, 60, 60, 60]],
  ])('%s', (failureClass, seconds) => {
    expect(ladderSeconds({ failureClass, wasLive: false, ghostPossible: false })).toEqual(seconds);
  });

  it('a refusal that a dead session of ours may explain is asked again sooner', () => {
    const seconds = ladderSeconds({
      failureClass: 'rejected',
      wasLive: false,
      ghostPossible: true,
    });
    expect(seconds).toEqual([2, 5, 10, 30, 60, 60, 60]);
  });

  it('the first loss of a live push is answered at once, the second is not', () => {
    const lost = { ...nth('transient', 1), wasLive: true };
    expect(retryDelayMs(lost, LEAST)).toBe(QUICK_RETRY_MS_MIN);
    expect(retryDelayMs(lost, MOST)).toBeCloseTo(QUICK_RETRY_MS_MAX);
    expect(retryDelayMs({ ...nth('transient', 2), wasLive: true }, MIDDLE)).toBe(2_000);
  });

  it('is jittered by a fifth both ways', () => {
    expect(retryDelayMs(nth('transient', 6), LEAST)).toBeCloseTo(30_000 * (1 - JITTER_SHARE));
    expect(retryDelayMs(nth('transient', 6), MOST)).toBeCloseTo(30_000 * (1 + JITTER_SHARE));
  });

  it('a refused key is asked less than twice a minute after the second look', () => {
    expect(retryDelayMs(nth('rejected', 2), LEAST)).toBeGreaterThanOrEqual(60_000);
  });
});

describe('when a person must act', () => {
  it.each<[FailureClass, number]>([
    ['rejected', 2],
    ['tls', 1],
    ['config', 1],
    ['content', 1],
  ])('%s: after %i in a row', (failureClass, count) => {
    expect(needsAttention(nth(failureClass, count))).toBe(true);
    if (count > 1) expect(needsAttention(nth(failureClass, count - 1))).toBe(false);
  });

  it.each<FailureClass>(['transient', 'congested', 'internal', 'limit', 'fenced'])(
    'never for %s',
    (failureClass) => {
      expect(needsAttention(nth(failureClass, 1_000))).toBe(false);
    },
  );

  it('not while a dead session of ours may explain the refusal', () => {
    expect(needsAttention({ ...nth('rejected', 9), ghostPossible: true })).toBe(false);
  });
});
