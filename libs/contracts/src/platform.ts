import { z } from 'zod';

const serverSchema = z.object({
  url: z.string(),
  /** What tells this server from the others: a region, or what it is for. */
  label: z.string(),
});

/** What the dashboard's form offers for one platform. Null: the platform does not say. */
export const platformSchema = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
    name: z.string(),
    /** The first is the one to offer. Empty where every account has a URL of its own. */
    servers: z.array(serverSchema),
    backupServers: z.array(serverSchema),
    /** One sentence: where the owner finds the stream key, and the URL where it is of their own. */
    keyHelp: z.string(),
    /** `per-event`: a new key for every broadcast. */
    keyLifetime: z.enum(['reusable', 'per-event']),
    videoCodecs: z.array(z.enum(['h264', 'hevc', 'av1'])),
    videoKbpsMax: z.int().nullable(),
    audioKbpsMax: z.int().nullable(),
    keyframeSecondsMax: z.number().nullable(),
    hoursMax: z.number().nullable(),
  })
  .meta({ id: 'Platform' });
export type Platform = z.infer<typeof platformSchema>;

export const platformListSchema = z.object({ items: z.array(platformSchema) });
