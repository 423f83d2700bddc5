import { z } from 'zod';
import { liveWarningSchema } from './live-warning.ts';
import { inputRoleSchema } from './stream.ts';
import { idSchema, timeSchema } from './scalars.ts';

export const pushStateSchema = z.enum([
  'awaiting_stream',
  'connecting',
  'live',
  'degraded',
  'draining',
  'retrying',
  'needs_attention',
  'stopped',
]);
export type PushState = z.infer<typeof pushStateSchema>;

const pushErrorSchema = z.object({
  code: z.string(),
  class: z.string(),
  message: z.string(),
  /** What the platform said, without the key. */
  remoteWords: z.string().nullable().default(null),
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
    /** Behind what it should be playing; without the delay that is wanted. */
    lagMs: z.number(),
    /** The delay in effect; it grows to the wanted one only as fast as the stream itself. */
    delayMs: z.number().default(0),
    delayWantedMs: z.number().default(0),
    /** When a delayed push is to be dialled; null once it was, or without a delay. */
    startsAt: timeSchema.nullable().default(null),
    /** Which of the destination's URLs the attempt goes to. */
    target: z.enum(['main', 'backup']).default('main'),
    /** Until when what is buffered is played out before the goodbye. */
    drainingUntil: timeSchema.nullable().default(null),
    droppedFrames: z.int(),
    /** Connected and accepted, and nothing sent: there is no keyframe to begin with yet. */
    waitingForKeyframe: z.boolean().nullish(),
    warnings: z.array(liveWarningSchema).default([]),
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
  /** Pictures are sent in another order than they are shown; null or absent: not known. */
  hasBFrames: z.boolean().nullish(),
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
    /** Messages that came far behind the newest; null or absent: not known. */
    lateMessages: z.int().nullish(),
    /** How often the encoder's clock was set while it was connected; the same. */
    jumps: z.int().nullish(),
    warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  })
  .meta({ id: 'IngestStatus' });
export type IngestStatus = z.infer<typeof ingestStatusSchema>;

/** One of a stream's inputs. `frozen`: connected, and sends no picture. */
const inputStatusSchema = ingestStatusSchema.extend({
  health: z.enum(['waiting', 'well', 'frozen']),
});
export type InputStatus = z.infer<typeof inputStatusSchema>;

/** What destinations are sent while no encoder is there. */
const holdStatusSchema = z.object({
  picture: z.enum(['last-picture', 'keyframe', 'slate', 'none']),
  sound: z.enum(['silence', 'none']),
  /** Why it is not the last picture and silence; empty when it is. */
  reason: z.string(),
  since: timeSchema,
});
export type HoldStatus = z.infer<typeof holdStatusSchema>;

/** Whatever has a default was not told by relays of earlier versions. */
export const streamStatusSchema = z
  .object({
    streamId: idSchema,
    /** Null: told by a relay that knew of no workspaces. */
    workspaceId: idSchema.nullable().default(null),
    state: z.enum(['offline', 'live', 'grace']),
    broadcast: z.object({ id: idSchema, startedAt: timeSchema }).nullable(),
    /** The input that feeds the broadcast now. */
    ingest: ingestStatusSchema.nullable(),
    activeInput: inputRoleSchema.nullable().default(null),
    inputs: z
      .object({ primary: inputStatusSchema.nullable(), backup: inputStatusSchema.nullable() })
      .default({ primary: null, backup: null }),
    /** When the broadcast ends unless an encoder comes back. */
    graceEndsAt: timeSchema.nullable().default(null),
    hold: holdStatusSchema.nullable().default(null),
    /** The longest delay that fits into memory at the present bitrate; null while offline. */
    delaySecondsMax: z.int().nullable().default(null),
    /** Of the whole stream; each push has those of its own. */
    warnings: z.array(liveWarningSchema).default([]),
    pushes: z.array(pushStatusSchema),
    updatedAt: timeSchema,
  })
  .meta({ id: 'StreamStatus' });
export type StreamStatus = z.infer<typeof streamStatusSchema>;
