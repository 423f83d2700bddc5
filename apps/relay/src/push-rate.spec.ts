import { describe, expect, it } from 'vitest';
import { PushRate, RATE_MS_MIN } from './push-rate.ts';

describe('the rate of a push', () => {
  it('is what was written since the figures before', () => {
    const rate = new PushRate();
    rate.hear(0, 10_000);
    rate.hear(325_000, 11_000);
    expect(rate.kbps).toBe(2_600);
    rate.hear(975_000, 13_000);
    expect(rate.kbps).toBe(2_600);
  });

  it('takes the burst that an attempt begins with for that of a second', () => {
    const rate = new PushRate();
    rate.hear(650_000, 50);
    expect(rate.kbps).toBe(5_200);
    rate.end();
    expect(rate.kbps).toBe(0);
    rate.hear(650_000, 60);
    expect(rate.kbps).toBe(5_200);
  });

  it('is not taken over a moment, and loses nothing by that', () => {
    const rate = new PushRate();
    rate.hear(0, 1_000);
    rate.hear(325_000, 2_000);
    rate.hear(400_000, 2_000 + RATE_MS_MIN - 1);
    expect(rate.kbps).toBe(2_600);
    rate.hear(650_000, 3_000);
    expect(rate.kbps).toBe(2_600);
    rate.hear(812_500, 3_000 + RATE_MS_MIN);
    expect(rate.kbps).toBe(2_600);
  });
});
