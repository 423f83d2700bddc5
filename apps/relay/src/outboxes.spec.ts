import { expect, it } from 'vitest';
import { PersistenceError } from '#persistence';
import type { HistoryRecord, StatisticsRecord } from '#persistence';
import { openOutboxes, STATISTICS_RECORDS_MAX } from './outboxes.ts';
import { World } from './world.fixture.ts';

const figures = (second: number): StatisticsRecord => ({
  kind: 'statistics',
  streamId: 's',
  broadcastId: 'b',
  destinationId: null,
  at: new Date(second * 1_000).toISOString(),
  kbps: [1],
  lagMs: [0],
  dropped: [0],
  reconnects: 0,
  bytes: 125,
});
const ended: HistoryRecord = { kind: 'broadcast-ended', id: 'b', at: '', reason: 'end-now' };

it('figures wait beside what happened, the newest of them, and hold nothing up', async () => {
  const world = new World();
  const history: HistoryRecord[] = [];
  const statistics: StatisticsRecord[] = [];
  const troubles: string[] = [];
  let isAway = true;
  const system = {
    history: { write: (batch: readonly HistoryRecord[]) => void history.push(...batch) },
    statistics: {
      write(batch: readonly StatisticsRecord[]) {
        if (isAway) throw new PersistenceError('DATABASE_UNAVAILABLE', 'away');
        statistics.push(...batch);
      },
    },
  };
  const outboxes = openOutboxes({ system } as never, world, (what) => troubles.push(what));
  for (let second = 0; second < STATISTICS_RECORDS_MAX; second += 1) {
    outboxes.statistics.add(figures(second));
  }
  expect(outboxes.statistics.dropped).toBe(0);
  outboxes.statistics.add(figures(STATISTICS_RECORDS_MAX));
  outboxes.history.add(ended);
  await world.pass(1_000);
  expect(history).toEqual([ended]);
  expect(outboxes.statistics).toMatchObject({ waiting: STATISTICS_RECORDS_MAX, dropped: 1 });
  expect(new Set(troubles)).toEqual(new Set(['statistics are waiting']));
  isAway = false;
  await world.pass(5_000);
  expect(statistics).toHaveLength(STATISTICS_RECORDS_MAX);
  expect(statistics[0]).toEqual(figures(1));
});
