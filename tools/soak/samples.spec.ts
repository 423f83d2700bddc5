import { describe, expect, it } from 'vitest';
import { column, judgedPoints, thinned } from './samples.ts';
import type { Sample } from './samples.ts';

const DURATION_MS = 3_600_000;

/** One a minute of an hour; the relay is another one from `killedAtMinute` on. */
function hour(killedAtMinute = 0): Sample[] {
  return Array.from({ length: 60 }, (_, minute) => ({
    atMs: minute * 60_000,
    values: { 'relay RSS': minute, 'Redis memory': 1_000 + minute },
    pids: { relay: minute < killedAtMinute ? 10 : 11, API: 20, worker: 30 },
  }));
}

describe('the points that are judged', () => {
  it('are those of the second half', () => {
    const points = judgedPoints(hour(), 'relay RSS', DURATION_MS);
    expect(points.map(({ value }) => value)).toEqual(Array.from({ length: 30 }, (_, i) => i + 30));
  });

  it('leave out a process that is gone, and five minutes of the next one', () => {
    const of = (killedAtMinute: number) =>
      judgedPoints(hour(killedAtMinute), 'relay RSS', DURATION_MS)[0]?.value;
    expect(of(10)).toBe(30);
    expect(of(40)).toBe(45);
  });

  it('are all of the second half of what no process keeps', () => {
    const points = judgedPoints(hour(40), 'Redis memory', DURATION_MS);
    expect(points).toHaveLength(30);
  });
});

describe('samples that are too many', () => {
  it('are thinned to no more than that, and keep each peak', () => {
    for (const countMax of [1, 7, 59, 60]) {
      const thin = thinned(hour(), countMax);
      expect(thin.length).toBeLessThanOrEqual(countMax);
      expect(Math.max(...column(thin, 'relay RSS').map(Number))).toBe(59);
    }
    expect(thinned(hour(), 60)).toEqual(hour());
  });

  it('stay without a value where there was none', () => {
    expect(column(thinned(hour(), 10), 'age p99')).toEqual(Array(10).fill(null));
  });
});
