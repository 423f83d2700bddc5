import { describe, expect, it } from 'vitest';
import { waitMs } from './back-off.ts';

const even = () => 0.5;
const HOUR_MS = 3_600_000;

describe('the wait after a failed try', () => {
  it('grows from 5 s to 2 h, and stays there', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 50].map((tries) => waitMs(tries, even, null) / 1_000);
    expect(waits).toEqual([5, 30, 120, 600, 1_800, 3_600, 7_200, 7_200, 7_200]);
  });

  it('is a fifth shorter or longer by chance', () => {
    expect(waitMs(1, () => 0, null)).toBe(4_000);
    expect(waitMs(1, () => 1 - Number.EPSILON, null)).toBe(6_000);
  });

  it('is as long as the receiver asks, where that is longer', () => {
    expect(waitMs(1, even, 60)).toBe(60_000);
    expect(waitMs(7, even, 60)).toBe(2 * HOUR_MS);
  });

  it('lets an event be tried at least 17 times within its 24 hours', () => {
    let [atMs, tries] = [0, 0];
    while (atMs < 24 * HOUR_MS) {
      tries += 1;
      atMs += waitMs(tries, () => 1, null);
    }
    expect(tries).toBeGreaterThanOrEqual(15);
  });
});
