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

/** What comes in this second. Nulls: not known, or there is no such track. */
const ingestFiguresSchema = z.object({
  kbps: z.number(),
  videoKbps: z.number().nullable(),
  audioKbps: z.number().nullable(),
  framesPerSecond: z.number().nullable(),
  keyframeIntervalMs: z.number().nullable(),
  /** Counted since the encoder connected. */
  lateMessages: z.int().nullable(),
  /** How often its clock was set since then. */
  jumps: z.int().nullable(),
});

/** Whatever may be absent was not told by relays of earlier versions. */
const statisticsEventSchema = z.object({
  type: z.literal('stream.statistics'),
  workspaceId: workspaceIdSchema,
  streamId: idSchema,
  at: timeSchema,
  ingestKbps: z.number(),
  /** Null: no encoder is there. */
  ingest: ingestFiguresSchema.nullish(),
  pushes: z.array(
    z.object({
      destinationId: idSchema,
      kbps: z.number(),
      lagMs: z.number(),
      delayMs: z.number().default(0),
      droppedFrames: z.int(),
      /** Of its present attempt, as in the evidence of its status. */
      bytesWritten: z.number().nullish(),
      bytesAcked: z.number().nullish(),
      lastProgressAt: timeSchema.nullish(),
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

/** What is wanted of a stream was changed: whoever shows it reads it again. */
const changedEventSchema = z.object({
  type: z.literal('stream.changed'),
  workspaceId: idSchema,
  streamId: idSchema,
  /** `stream`: it was made, or its settings changed. `removed`: there is no such stream now. */
  what: z.enum(['stream', 'destinations', 'removed']),
  at: timeSchema,
});
export type ChangedEvent = z.infer<typeof changedEventSchema>;

/** What relays and the API tell and GET /events streams. */
export const liveEventSchema = z.discriminatedUnion('type', [
  statusEventSchema,
  statisticsEventSchema,
  incidentEventSchema,
  changedEventSchema,
]);
export type LiveEvent = z.infer<typeof liveEventSchema>;
