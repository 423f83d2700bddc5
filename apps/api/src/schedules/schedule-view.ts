import { nextOccurrence, type Schedule } from '#control';
import type { ScheduleRecord } from '#persistence';
import { wishOf } from './schedule-settings.ts';

/** What the schema shows, and the version that becomes its ETag. */
export type ScheduleView = Schedule & { readonly version: number };

export function scheduleView(record: ScheduleRecord, nowMs: number): ScheduleView {
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
    version: record.version,
  };
}
