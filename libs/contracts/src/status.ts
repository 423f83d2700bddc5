import { z } from 'zod';
import { idSchema, timeSchema } from './scalars.ts';

export const pushStateSchema = z.enum([
  'awaiting_stream',
  'connecting',
  'live',
  'degraded',
  'retrying',
  'needs_attention',
  'stopped',
]);
export type PushState = z.infer<typeof pushStateSchema>;

const pushErrorSchema = z.object({
  code: z.string(),
  class: z.string(),
  message: z.string(),
  at: timeSchema,
});
export type PushError = z.infer<typeof pushErrorSchema>;

/** Why a push is believed to be in its state. Times are null until seen in this attempt. */
const pushEvidenceSchema = z.object({
  tcp: timeSchema.nullable(),
  tls: timeSchema.nullable(),
  publishAccepted: timeSchema.nullable(),
  bytesWritten: z.number(),
  bytesAcked: z.number(),
  lastProgressAt: timeSchema.nullable(),
});
export type PushEvidence = z.infer<typeof pushEvidenceSchema>;

export const pushStatusSchema = z
  .object({
    destinationId: idSchema,
    /** What the owner wants. */
    enabled: z.boolean(),
    /** What is so. */
    state: pushStateSchema,
    since: timeSchema,
    attempt: z.int(),
    nextRetryAt: timeSchema.nullable(),
    lastError: pushErrorSchema.nullable(),
    evidence: pushEvidenceSchema,
    kbps: z.number(),
    lagMs: z.number(),
    droppedFrames: z.int(),
  })
  .meta({ id: 'PushStatus' });
export type PushStatus = z.infer<typeof pushStatusSchema>;

const ingestVideoSchema = z.object({
  codec: z.string(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  framesPerSecond: z.number().nullable(),
  kbps: z.number(),
  keyframeIntervalMs: z.number().nullable(),
});
const ingestAudioSchema = z.object({
  codec: z.string(),
  sampleRateHz: z.int().nullable(),
  channels: z.int().nullable(),
  kbps: z.number(),
});

/** The encoder as the relay sees it. Strings that came from the encoder are cut and cleaned. */
export const ingestStatusSchema = z
  .object({
    connectedAt: timeSchema,
    protocol: z.enum(['rtmp', 'rtmps']),
    encoder: z.string().nullable(),
    kbps: z.number(),
    video: ingestVideoSchema.nullable(),
    audio: ingestAudioSchema.nullable(),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  })
  .meta({ id: 'IngestStatus' });
export type IngestStatus = z.infer<typeof ingestStatusSchema>;

export const streamStatusSchema = z
  .object({
    streamId: idSchema,
    state: z.enum(['offline', 'live', 'grace']),
    broadcast: z.object({ id: idSchema, startedAt: timeSchema }).nullable(),
    ingest: ingestStatusSchema.nullable(),
    pushes: z.array(pushStatusSchema),
    updatedAt: timeSchema,
  })
  .meta({ id: 'StreamStatus' });
export type StreamStatus = z.infer<typeof streamStatusSchema>;
