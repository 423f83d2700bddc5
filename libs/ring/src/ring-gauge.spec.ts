import { describe, expect, it } from 'vitest';
import { RingGauge } from './ring-gauge.ts';
import { createRingMemory, WINDOW_MS_DEFAULT } from './ring-layout.ts';
import { RingWriter } from './ring-writer.ts';

const KIB = 1024;

/** A ring that has taken so many seconds of 16 KiB each. */
function ringAfter(seconds: number, windowMs?: number): RingGauge {
  const memory = createRingMemory({ dataBytes: 64 * KIB, dataBytesMax: 4096 * KIB });
  const gauge = new RingGauge(memory);
  if (windowMs !== undefined) gauge.windowMs = windowMs;
  const writer = new RingWriter(memory);
  for (let at = 0; at < seconds; at += 1) writer.append(9, at * 1_000, 0, Buffer.alloc(16_000));
  return gauge;
}

describe('the window of a ring', () => {
  it('is what it grows to hold, and can be another one at any time', () => {
    expect(ringAfter(60).windowMs).toBe(WINDOW_MS_DEFAULT);
    const usual = ringAfter(200).dataBytes;
    expect(usual).toBeGreaterThanOrEqual(12 * 16_000);
    expect(usual).toBeLessThan(20 * 16_000);
    const wide = ringAfter(200, 60_000).dataBytes;
    expect(wide).toBeGreaterThanOrEqual(60 * 16_000);
    expect(wide).toBeLessThan(80 * 16_000);
  });

  it('is bounded by what the ring may grow to', () => {
    const gauge = ringAfter(1);
    gauge.limitDataTo(256 * KIB);
    expect(gauge.dataBytesLimit).toBe(256 * KIB);
    gauge.limitDataTo(0);
    expect(gauge.dataBytesLimit).toBe(64 * KIB);
    gauge.limitDataTo(1e12);
    expect(gauge.dataBytesLimit).toBe(4096 * KIB);
    expect(gauge.records).toBe(8_192);
  });
});
