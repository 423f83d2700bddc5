import { describe, expect, it } from 'vitest';
import type { StatisticsPage } from '../../lib/history-api.ts';
import { figuresOf, summaryOf } from './figures.ts';

const startMs = Date.parse('2026-11-21T20:00:00Z');
const at = (minute: number): string => new Date(startMs + minute * 60_000).toISOString();
const point = (minute: number, kbps: number) => ({
  at: at(minute),
  seconds: 60,
  kbps: { avg: kbps, min: kbps, max: kbps },
  lagMsMax: minute,
  dropped: 1,
  reconnects: 0,
  bytes: 0,
});
const page = (from: number, to: number, series: StatisticsPage['series']): StatisticsPage => ({
  resolution: 60,
  from: at(from),
  to: at(to),
  series,
});

describe('the figures', () => {
  const pages = [
    page(0, 2, [
      { destinationId: 'two', name: 'B', points: [point(0, 10), point(1, 11)] },
      { destinationId: null, name: null, points: [point(0, 20), point(1, 21)] },
    ]),
    page(2, 4, [
      { destinationId: 'one', name: 'A', points: [point(3, 33)] },
      { destinationId: null, name: null, points: [point(2, 22), point(3, 23)] },
    ]),
  ];

  it('of several answers are one line of time, in which a gap stays a gap', () => {
    const { times, series, resolution } = figuresOf(pages);
    expect(resolution).toBe(60);
    expect(times).toEqual([0, 1, 2, 3].map((minute) => startMs / 1_000 + minute * 60));
    expect(series.map(({ name, kbps }) => [name, kbps])).toEqual([
      ['Encoder', [20, 21, 22, 23]],
      ['A', [null, null, null, 33]],
      ['B', [10, 11, null, null]],
    ]);
    expect(series[2]).toMatchObject({ lagMs: [0, 1, null, null], dropped: [1, 1, null, null] });
  });

  it('of nothing are empty', () => {
    expect(figuresOf([page(0, 0, [])])).toEqual({ resolution: 60, times: [], series: [] });
  });

  it('come to an average, a least, a most and a sum, without the gaps', () => {
    expect(summaryOf([null, 4, null, 8])).toEqual({ average: 6, min: 4, max: 8, sum: 12 });
    expect(summaryOf([null])).toEqual({ average: 0, min: 0, max: 0, sum: 0 });
  });
});
