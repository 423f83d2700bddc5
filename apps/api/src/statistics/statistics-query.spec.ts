import { describe, expect, it } from 'vitest';
import { statisticsQueryOf } from './statistics-query.ts';
import type { StatisticsAsked } from './statistics-query.ts';

const START_MS = Date.parse('2026-11-21T10:00:00.000Z');
const at = (second: number) => new Date(START_MS + second * 1_000);

/** What is read of a broadcast that is live since `seconds`. */
function live(seconds: number, asked: StatisticsAsked = {}) {
  const broadcast = { startedAt: at(0), endedAt: null };
  return statisticsQueryOf(asked, broadcast, START_MS + seconds * 1_000);
}

describe('the query for figures', () => {
  it.each([
    [999, 1],
    [1_000, 10],
    [9_999, 10],
    [10_000, 60],
  ])('is as fine as fits into one answer: %i s by %i s', (seconds, resolution) => {
    expect(live(seconds).resolution).toBe(resolution);
  });

  it('is cut to what one answer holds', () => {
    expect(live(7_000, { resolution: '1' })).toMatchObject({ from: at(0), to: at(1_000) });
    expect(live(70_000, { resolution: '60' })).toMatchObject({ to: at(60_000) });
  });

  it.each([
    [7_200, '1', 1],
    [7_201, '1', 10],
    [86_400, '10', 10],
    [86_401, '10', 60],
    [86_401, '1', 60],
  ] as const)('is no finer than is kept: after %i s, asked for %s s', (age, resolution, given) => {
    expect(live(age, { resolution, to: at(10).toISOString() }).resolution).toBe(given);
  });

  it('begins where a point begins, and stays within the broadcast', () => {
    const asked = { from: at(75).toISOString(), resolution: '60' } as const;
    expect(live(600, asked).from).toEqual(at(60));
    const far = { from: '0000-01-01T00:00:00Z', to: '9999-12-31T23:59:59Z' };
    const ended = { startedAt: at(0), endedAt: at(20) };
    const query = statisticsQueryOf(far, ended, START_MS + 60_000);
    expect(query.from).toEqual(at(0));
    expect(query.to.getTime()).toBe(at(20).getTime() + 1);
  });

  it('never ends before it begins', () => {
    const asked = {
      from: at(50).toISOString(),
      to: at(10).toISOString(),
      resolution: '1',
    } as const;
    expect(live(600, asked)).toMatchObject({ from: at(50), to: at(50) });
  });

  it('is of the encoder where that is asked for', () => {
    expect(live(1, { destinationId: 'ingest' }).destinationId).toBeNull();
    expect(live(1).destinationId).toBeUndefined();
  });
});
