import { z } from 'zod';
import { timeSchema } from '#contracts';
import type { NodePresence } from '#live';

const DAY_MS = 86_400_000;

const laneSchema = z
  .object({
    lane: z.int(),
    /** False: it is being started again, or stands still. */
    isUp: z.boolean(),
    /** The share of the last seconds in which its thread had something to do. */
    load: z.number().min(0).max(1),
    ingests: z.int(),
    pushes: z.int(),
  })
  .meta({ id: 'Lane' });

export const certificateSchema = z
  .object({
    subject: z.string(),
    issuer: z.string(),
    expiresAt: timeSchema,
    /** Whole days; below 0 once it has expired. */
    daysLeft: z.int(),
    /** Nobody vouches for it: encoders that check refuse it. */
    isSelfMade: z.boolean(),
  })
  .meta({ id: 'Certificate' });

const refusedPublishSchema = z
  .object({
    at: timeSchema,
    address: z.string(),
    /** `wrong-key`: a key that is none; `blocked`: after too many of them; else `refused`. */
    reason: z.string(),
  })
  .meta({ id: 'RefusedPublish' });

/** A relay that is there. Null: one of an earlier version, which does not say. */
export const nodeSchema = z
  .object({
    id: z.string(),
    startedAt: timeSchema,
    /** When it said what stands here: every three seconds. */
    saidAt: timeSchema.nullable(),
    isDraining: z.boolean(),
    /** Live on it. */
    streams: z.int(),
    lanes: z.array(laneSchema),
    memory: z.object({ usedBytes: z.number(), budgetBytes: z.number() }).nullable(),
    /** Of all encoders, and to all destinations. */
    kbpsIn: z.number().nullable(),
    kbpsOut: z.number().nullable(),
    /** What its operator says leaves it at most. */
    uplinkKbps: z.number().nullable(),
    /** What encoders are shown over RTMPS. */
    certificate: certificateSchema.nullable(),
    /** Encoders that it sent away since it started: five at most, the newest first. */
    refusedPublishes: z.array(refusedPublishSchema),
  })
  .meta({ id: 'RelayNode' });
export type NodeView = z.infer<typeof nodeSchema>;

export function nodeView(presence: NodePresence, nowMs: number): NodeView {
  const { nodeId, startedAt, streams, laneFigures } = presence;
  return {
    id: nodeId,
    startedAt,
    saidAt: presence.saidAt ?? null,
    isDraining: presence.isDraining ?? false,
    streams,
    lanes: laneFigures ?? [],
    memory: presence.memory ?? null,
    kbpsIn: presence.kbpsIn ?? null,
    kbpsOut: presence.kbpsOut ?? null,
    uplinkKbps: presence.uplinkKbps ?? null,
    certificate: certificateView(presence, nowMs),
    refusedPublishes: [...(presence.refusedPublishes ?? [])],
  };
}

function certificateView({ certificate }: NodePresence, nowMs: number): NodeView['certificate'] {
  if (certificate === null || certificate === undefined) return null;
  const daysLeft = Math.floor((Date.parse(certificate.expiresAt) - nowMs) / DAY_MS);
  return { ...certificate, daysLeft };
}
