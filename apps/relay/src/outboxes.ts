import type { Timers } from '#kernel';
import { PersistenceError } from '#persistence';
import type { Database, HistoryRecord, StatisticsRecord } from '#persistence';
import { Outbox } from './outbox.ts';

/** Figures that wait for Postgres at most: those of three pushes for more than an hour. */
export const STATISTICS_RECORDS_MAX = 2_000;

/** What is on its way to Postgres. Figures never push out what happened, nor hold it up. */
export interface Outboxes {
  readonly history: Outbox<HistoryRecord>;
  readonly statistics: Outbox<StatisticsRecord>;
}

export function openOutboxes(
  { system }: Pick<Database, 'system'>,
  timers: Timers,
  report: (what: string, error: unknown) => void,
): Outboxes {
  const isAway = (error: unknown): boolean =>
    error instanceof PersistenceError && error.code === 'DATABASE_UNAVAILABLE';
  return {
    history: new Outbox({
      timers,
      write: (batch) => system.history.write(batch),
      isAway,
      onTrouble: ({ error }) => report('history is waiting', error),
    }),
    statistics: new Outbox({
      timers,
      recordsMax: STATISTICS_RECORDS_MAX,
      write: (batch) => system.statistics.write(batch),
      isAway,
      onTrouble: ({ error }) => report('statistics are waiting', error),
    }),
  };
}
