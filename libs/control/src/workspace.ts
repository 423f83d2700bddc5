import { idSchema, nameSchema, timeSchema } from '#contracts';
import { z } from 'zod';

/** Null: no quota. */
const limitSchema = z.int().min(0).max(1_000_000_000).nullable();

/** What a workspace may have and use. */
export const quotaSchema = z
  .strictObject({
    streamsMax: limitSchema,
    destinationsMax: limitSchema,
    /** Of all that is sent to destinations, together. */
    outKbpsMax: limitSchema,
    /** Minutes that pushes are live, per calendar month in UTC. */
    relayMinutesMax: limitSchema,
  })
  .meta({ id: 'Quota' });
export type Quota = z.infer<typeof quotaSchema>;

export const workspaceSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    quota: quotaSchema,
    createdAt: timeSchema,
    updatedAt: timeSchema,
  })
  .meta({ id: 'Workspace' });
export type Workspace = z.infer<typeof workspaceSchema>;

/** Who makes one owns it; the bootstrap token belongs to nobody and invites an owner. */
export const createWorkspaceBodySchema = z
  .strictObject({ name: nameSchema, quota: quotaSchema.partial().optional() })
  .meta({ id: 'CreateWorkspaceBody' });
export type CreateWorkspaceBody = z.infer<typeof createWorkspaceBodySchema>;

export const changeWorkspaceBodySchema = z
  .strictObject({ name: nameSchema })
  .meta({ id: 'ChangeWorkspaceBody' });
export type ChangeWorkspaceBody = z.infer<typeof changeWorkspaceBodySchema>;

/** What is used of the quotas. Null where nothing is limited. */
export const usageSchema = z
  .object({
    quota: quotaSchema,
    streams: z.int(),
    destinations: z.int(),
    month: z.object({
      /** `2026-11`, in UTC. */
      name: z.string(),
      relayMinutes: z.int(),
      relayMinutesLeft: z.int().nullable(),
      bytesOut: z.number(),
      outKbpsPeak: z.int(),
    }),
    days: z.array(
      z.object({
        day: z.iso.date(),
        relayMinutes: z.number(),
        bytesOut: z.number(),
        outKbpsPeak: z.int(),
      }),
    ),
  })
  .meta({ id: 'Usage' });
export type Usage = z.infer<typeof usageSchema>;
