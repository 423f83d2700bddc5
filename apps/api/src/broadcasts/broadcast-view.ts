import type { AttemptView, Broadcast, BroadcastEvent } from '#contracts';
import type { AttemptRecord, BroadcastRecord, EventRow } from '#persistence';

export function broadcastView(record: BroadcastRecord): Broadcast {
  return {
    ...record,
    startedAt: record.startedAt.toISOString(),
    endedAt: record.endedAt?.toISOString() ?? null,
  };
}

export function attemptView(record: AttemptRecord): AttemptView {
  return {
    ...record,
    startedAt: record.startedAt.toISOString(),
    publishedAt: record.publishedAt?.toISOString() ?? null,
    endedAt: record.endedAt?.toISOString() ?? null,
  };
}

export function eventView(record: EventRow): BroadcastEvent {
  return { ...record, at: record.at.toISOString() };
}
