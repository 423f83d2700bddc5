import { describe, expect, it } from 'vitest';
import { cpuPercent, cpuSecondsPerGbit, median } from './figures.ts';
import { FIGURES, resultsOf, row } from './figures.fixture.ts';

describe('the figures of a run', () => {
  it('are seconds of a core per Gbit, and per cent of a core', () => {
    expect(cpuSecondsPerGbit(FIGURES)).toBeCloseTo(0.1);
    expect(cpuPercent(FIGURES)).toBeCloseTo(10);
    expect(cpuSecondsPerGbit({ ...FIGURES, bytesOut: 0 })).toBe(0);
  });

  it('are the median of the rounds', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    const results = resultsOf(row('1×3 RTMP', 'forkcast', { cpuMs: 10 }, { cpuMs: 30 }));
    expect(results.median('1×3 RTMP', 'forkcast', cpuPercent)).toBeCloseTo(2);
    expect(results.median('1×50 RTMP', 'forkcast', cpuPercent)).toBeUndefined();
  });

  it('are compared round by round, so that a machine that slows down changes no ratio', () => {
    const results = resultsOf(
      row('1×50 RTMP', 'forkcast', { cpuMs: 50 }, { cpuMs: 500 }, { cpuMs: 90 }),
      row('1×50 RTMP', 'nginx-rtmp', { cpuMs: 100 }, { cpuMs: 1_000 }, { cpuMs: 100 }),
    );
    const ratio = results.ratio('1×50 RTMP', 'forkcast', 'nginx-rtmp', cpuSecondsPerGbit);
    expect(ratio).toBeCloseTo(0.5);
  });
});
