import { nextOccurrence, type Schedule } from '#control';
import type { ScheduleRecord } from '#persistence';
import { wishOf } from './schedule-settings.ts';

export function scheduleView(record: ScheduleRecord, nowMs: number): Schedule {
  const { id, streamId, lastDoneAt, durationMinutes, enabled } = record;
  const next = (offsetMinutes: number): string | null => {
    const atMs = enabled ? nextOccurrence(record, offsetMinutes, nowMs) : null;
    return atMs === null ? null : new Date(atMs).toISOString();
  };
  return {
    ...wishOf(record),
    id,
    streamId,
    nextStartAt: next(0),
    nextStopAt: next(durationMinutes),
    lastFiredAt: lastDoneAt?.toISOString() ?? null,
  };
}
