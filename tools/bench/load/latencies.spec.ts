import { describe, expect, it } from 'vitest';
import { Latencies } from './latencies.ts';

describe('latencies', () => {
  it('are told as percentiles, to a twentieth of a millisecond', () => {
    const latencies = new Latencies();
    for (let ms = 1; ms <= 100; ms += 1) latencies.add(ms);
    const { samples, p50Ms, p99Ms, maxMs } = latencies.figures();
    expect([samples, p50Ms, p99Ms, maxMs]).toEqual([100, 50.05, 99.05, 100]);
  });

  it('keep the greatest exactly, however far it lies beyond the steps', () => {
    const latencies = new Latencies();
    latencies.add(60_000.25);
    expect(latencies.figures()).toMatchObject({ samples: 1, maxMs: 60_000.25 });
    expect(latencies.figures().p99Ms).toBeGreaterThan(10_000);
  });

  it('begin anew when they are told to', () => {
    const latencies = new Latencies();
    latencies.add(5);
    latencies.reset();
    expect(latencies.figures()).toEqual({ samples: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 });
  });
});
