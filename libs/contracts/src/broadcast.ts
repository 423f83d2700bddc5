import { z } from 'zod';
import { idSchema, timeSchema } from './scalars.ts';

export const broadcastSchema = z
  .object({
    id: idSchema,
    streamId: idSchema,
    streamName: z.string(),
    nodeId: z.string(),
    startedAt: timeSchema,
    endedAt: timeSchema.nullable(),
    endReason: z.string().nullable(),
  })
  .meta({ id: 'Broadcast' });
export type Broadcast = z.infer<typeof broadcastSchema>;

/** One outbound connection of a push, as history tells it. */
const attemptSchema = z.object({
  id: idSchema,
  destinationId: idSchema,
  destinationName: z.string().nullable(),
  number: z.int(),
  startedAt: timeSchema,
  publishedAt: timeSchema.nullable(),
  endedAt: timeSchema.nullable(),
  code: z.string().nullable(),
  class: z.string().nullable(),
  message: z.string().nullable(),
  /** What the destination said itself, without the key. */
  remoteWords: z.string().nullable(),
  bytesWritten: z.number().nullable(),
});
export type AttemptView = z.infer<typeof attemptSchema>;

export const broadcastDetailSchema = broadcastSchema.extend({ attempts: z.array(attemptSchema) });
export type BroadcastDetail = z.infer<typeof broadcastDetailSchema>;

/** What an entry of a timeline is about. `action`: somebody asked for it. */
export const timelineEntryKindSchema = z.enum(['broadcast', 'ingest', 'push', 'action']);

/** One entry of the incident timeline. */
export const broadcastEventSchema = z
  .object({
    id: idSchema,
    broadcastId: idSchema,
    at: timeSchema,
    kind: timelineEntryKindSchema,
    code: z.string(),
    message: z.string(),
    destinationId: idSchema.nullable(),
    /** What the destination said itself, without the key. */
    remoteWords: z.string().nullable(),
    /** Who asked for it; null where nobody did. */
    actor: z.string().nullable(),
  })
  .meta({ id: 'BroadcastEvent' });
export type BroadcastEvent = z.infer<typeof broadcastEventSchema>;
