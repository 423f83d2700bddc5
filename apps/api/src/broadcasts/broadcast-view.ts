import { z } from 'zod';
import { broadcastDetailSchema, broadcastSchema, idSchema } from '#contracts';
import type { AttemptView, Broadcast, BroadcastEvent } from '#contracts';
import type { AttemptRecord, BroadcastOutcome, BroadcastRecord, EventRow } from '#persistence';

const outcomeSchema = z
  .object({
    destinationId: idSchema,
    /** As it was called last; null where nobody knows any more. */
    name: z.string().nullable(),
    /** Null: the destination is gone for good. */
    platform: z.string().nullable(),
    /**
     * How long it was live, and that in percent of the time for which it was wanted to be: not
     * before it was added, nor while it was stopped. Above 0 if it was live at all.
     */
    liveMs: z.number(),
    livePercent: z.int().min(0).max(100),
    /** How often it was live again after a failure. */
    reconnects: z.int(),
    /** Connections that ended otherwise than wanted. */
    failures: z.int(),
    /** Why the last connection failed; null where it did not, or is under way. */
    lastCode: z.string().nullable(),
    lastClass: z.string().nullable(),
  })
  .meta({ id: 'BroadcastOutcome' });

/** A line of the history. */
export const broadcastItemSchema = broadcastSchema
  .extend({
    /** Null while it is live. */
    durationMs: z.number().nullable(),
    /** In the order in which they were tried first. */
    destinations: z.array(outcomeSchema),
  })
  .meta({ id: 'BroadcastItem' });
export type BroadcastItem = z.infer<typeof broadcastItemSchema>;

/** One broadcast, with each connection. */
export const broadcastAnswerSchema = broadcastItemSchema
  .extend({ attempts: broadcastDetailSchema.shape.attempts })
  .meta({ id: 'BroadcastDetail' });

export function broadcastView(record: BroadcastRecord): Broadcast {
  return {
    ...record,
    startedAt: record.startedAt.toISOString(),
    endedAt: record.endedAt?.toISOString() ?? null,
  };
}

export function broadcastItem(
  record: BroadcastRecord,
  outcomes: readonly BroadcastOutcome[] = [],
): BroadcastItem {
  const { startedAt, endedAt } = record;
  return {
    ...broadcastView(record),
    durationMs: endedAt === null ? null : endedAt.getTime() - startedAt.getTime(),
    destinations: outcomes.map(outcomeView),
  };
}

function outcomeView(outcome: BroadcastOutcome): z.infer<typeof outcomeSchema> {
  const { broadcastId: _broadcast, published, liveMs, wantedMs, ...told } = outcome;
  const livePercent = published === 0 ? 0 : percentOf(liveMs, wantedMs);
  return { ...told, liveMs: Math.round(liveMs), livePercent };
}

/** A moment is not nothing, and what is sent after the end is not more than all. */
function percentOf(partMs: number, wholeMs: number): number {
  return Math.min(100, Math.max(1, Math.round((partMs / Math.max(1, wholeMs)) * 100)));
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
