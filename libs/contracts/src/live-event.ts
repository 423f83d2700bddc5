import { z } from 'zod';
import { timelineEntryKindSchema } from './broadcast.ts';
import { idSchema, timeSchema } from './scalars.ts';
import { streamStatusSchema } from './status.ts';

/** Whose events they are. Null: told by a relay that knew of no workspaces. */
const workspaceIdSchema = idSchema.nullable().default(null);

const statusEventSchema = z.object({
  type: z.literal('stream.status'),
  workspaceId: workspaceIdSchema,
  streamId: idSchema,
  status: streamStatusSchema,
});
export type StatusEvent = z.infer<typeof statusEventSchema>;

const statisticsEventSchema = z.object({
  type: z.literal('stream.statistics'),
  workspaceId: workspaceIdSchema,
  streamId: idSchema,
  at: timeSchema,
  ingestKbps: z.number(),
  pushes: z.array(
    z.object({
      destinationId: idSchema,
      kbps: z.number(),
      lagMs: z.number(),
      delayMs: z.number().default(0),
      droppedFrames: z.int(),
    }),
  ),
});
export type StatisticsEvent = z.infer<typeof statisticsEventSchema>;

const incidentEventSchema = z.object({
  type: z.literal('incident'),
  workspaceId: workspaceIdSchema,
  streamId: idSchema,
  broadcastId: idSchema,
  at: timeSchema,
  kind: timelineEntryKindSchema.optional(),
  code: z.string(),
  message: z.string(),
  destinationId: idSchema.optional(),
  /** What the destination said itself, without the key. */
  remoteWords: z.string().nullable().optional(),
  /** Who asked for it; none where nobody did. */
  actor: z.string().nullable().optional(),
});
export type IncidentEvent = z.infer<typeof incidentEventSchema>;

/** What the relay tells and GET /events streams. */
export const liveEventSchema = z.discriminatedUnion('type', [
  statusEventSchema,
  statisticsEventSchema,
  incidentEventSchema,
]);
export type LiveEvent = z.infer<typeof liveEventSchema>;
