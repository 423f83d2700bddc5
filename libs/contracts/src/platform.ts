import { z } from 'zod';

/** What the dashboard's form offers for one platform. */
export const platformSchema = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
    name: z.string(),
    /** Empty where every account has a URL of its own. */
    urls: z.array(z.object({ url: z.string(), label: z.string() })),
    /** One sentence: where the owner finds the stream key. */
    keyHelp: z.string(),
    /** Where the platform says so; kilobits a second. Null: the platform does not say. */
    videoKbpsMax: z.int().nullable(),
    keyframeSecondsMax: z.int().nullable(),
  })
  .meta({ id: 'Platform' });
export type Platform = z.infer<typeof platformSchema>;

export const platformListSchema = z.object({ items: z.array(platformSchema) });
