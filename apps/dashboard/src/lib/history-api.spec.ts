import { describe, expect, it } from 'vitest';
import { wholeStatistics } from './history-api.ts';
import type { StatisticsPage } from './history-api.ts';

const minuteMs = 60_000;
/** As the API answers: a thousand minutes at most, and never past the end. */
const pointsMax = 1_000;

function played(endMs: number) {
  const asked: unknown[] = [];
  const pageOf = async (query: { from?: string; resolution?: string }): Promise<StatisticsPage> => {
    asked.push(query);
    const fromMs = Math.min(endMs, Date.parse(query.from ?? new Date(0).toISOString()));
    const toMs = Math.min(endMs, fromMs + pointsMax * minuteMs);
    const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
    return { resolution: 60, from, to, series: [] };
  };
  return { asked, pageOf };
}

describe('the figures of a broadcast', () => {
  it.each([
    [1, 1],
    [1_000, 1],
    [1_002, 2],
    [2_500, 3],
  ])('of %i minutes are whole in %i answers', async (minutes, answers) => {
    const endMs = minutes * minuteMs;
    const { asked, pageOf } = played(endMs);
    const pages = await wholeStatistics(pageOf, endMs);
    expect(pages).toHaveLength(answers);
    expect(Date.parse(pages.at(-1)!.to)).toBe(endMs);
    for (const [index, query] of asked.slice(1).entries()) {
      expect(query).toEqual({ from: pages[index]!.to, resolution: '60' });
    }
  });

  it('end where the server says so, also for a computer whose clock is a day ahead', async () => {
    const { asked, pageOf } = played(1_500 * minuteMs);
    await wholeStatistics(pageOf, 3_000 * minuteMs);
    expect(asked).toHaveLength(3);
  });

  it('are read for a month, not for ever', async () => {
    const { asked, pageOf } = played(100_000 * minuteMs);
    await wholeStatistics(pageOf, 100_000 * minuteMs);
    expect(asked).toHaveLength(50);
  });
});
