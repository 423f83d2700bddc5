import { describe, expect, it, vi } from 'vitest';
import { createSamples, samplesHeldS, seriesIds } from './samples.ts';
import type { Samples } from './samples.ts';

const startS = 1_767_268_800;
const startMs = startS * 1_000;
const at = (second: number): string => new Date(startMs + second * 1_000).toISOString();
const point = (second: number, avg: number, seconds = 1) => ({
  at: at(second),
  seconds,
  kbps: { avg },
});

function filled(seconds: number): Samples {
  const samples = createSamples();
  for (let second = 0; second < seconds; second += 1) {
    samples.push('ingest', startMs + second * 1_000, second);
  }
  return samples;
}

const seen = (samples: Samples, fromMs = 0, series = 'ingest'): number[][] => {
  const [times, values] = samples.window(series, fromMs);
  return [[...times].map((time) => time - startS), [...values]];
};

describe('samples', () => {
  it('are what was said, each in its second', () => {
    const samples = createSamples();
    samples.push('ingest', startMs + 400, 5);
    samples.push('ingest', startMs + 1_200, 6);
    samples.push('ingest', startMs + 1_900, 7);
    expect(seen(samples)).toEqual([
      [0, 1],
      [5, 7],
    ]);
  });

  it('of a series that nobody spoke of are none', () => {
    expect(seen(createSamples())).toEqual([[], []]);
  });

  it.each([
    [samplesHeldS, 0],
    [samplesHeldS + 1, 1],
    [2 * samplesHeldS + 7, samplesHeldS + 7],
  ])('of %i seconds begin with second %i', (seconds, first) => {
    const [times = [], values = []] = seen(filled(seconds));
    expect(times).toHaveLength(samplesHeldS);
    expect([times[0], values[0], times.at(-1)]).toEqual([first, first, seconds - 1]);
  });

  it('leave out the seconds of which nothing was said, also those of a round before', () => {
    const samples = filled(10);
    samples.push('ingest', startMs + (samplesHeldS + 4) * 1_000, 1);
    const [times = []] = seen(samples);
    expect(times).toEqual([5, 6, 7, 8, 9, samplesHeldS + 4]);
  });

  it('that come too late to be held are dropped', () => {
    const samples = filled(samplesHeldS + 1);
    samples.push('ingest', startMs, 99);
    expect(seen(samples)[0]?.[0]).toBe(1);
    samples.push('ingest', startMs + 1_000, 99);
    expect(seen(samples)[1]?.[0]).toBe(99);
  });

  it('are shown from an instant on', () => {
    expect(seen(filled(10), startMs + 6_500)[0]).toEqual([7, 8, 9]);
  });

  it('of the past come in beside what was heard, and do not replace it', () => {
    const samples = createSamples();
    samples.push('ingest', startMs + 3_000, 3);
    samples.seed([
      { destinationId: null, points: [point(1, 10), point(3, 30), point(4, 40, 2)] },
      { destinationId: 'd1', points: [point(2, 20)] },
    ]);
    expect(seen(samples)).toEqual([
      [1, 3, 4, 5],
      [10, 3, 40, 40],
    ]);
    expect(seen(samples, 0, seriesIds.push('d1'))).toEqual([[2], [20]]);
  });

  it('tell who listens, until they do not want to hear it', () => {
    const samples = createSamples();
    const listener = vi.fn<() => void>();
    const stop = samples.subscribe(listener);
    samples.push('ingest', startMs, 1);
    samples.seed([]);
    expect(listener).toHaveBeenCalledTimes(2);
    stop();
    samples.push('ingest', startMs, 1);
    expect(listener).toHaveBeenCalledTimes(2);
  });
});
