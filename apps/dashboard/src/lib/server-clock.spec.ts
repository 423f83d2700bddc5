import { describe, expect, it } from 'vitest';
import { aheadOf, differenceMinMs } from './server-clock.ts';

const date = 'Thu, 01 Jan 2026 12:00:00 GMT';
/** In the middle of the second that the header tells. */
const saidMs = Date.UTC(2026, 0, 1, 12) + 500;

describe('the difference of two clocks', () => {
  it.each([
    [saidMs, 0],
    [saidMs - differenceMinMs + 1, 0],
    [saidMs + differenceMinMs - 1, 0],
    [saidMs - differenceMinMs, differenceMinMs],
    [saidMs + 3_600_000, -3_600_000],
  ])('to a computer that shows %i is %i ms', (nowMs, aheadMs) => {
    expect(aheadOf(date, nowMs)).toBe(aheadMs);
  });

  it.each([null, '', 'yesterday'])('is not known from %j', (text) => {
    expect(aheadOf(text, saidMs)).toBeUndefined();
  });
});
