import { z } from 'zod';
import { timeSchema } from '#contracts';
import { certificateSchema } from '../nodes/node-view.ts';

/** Whether it answered, and within how many milliseconds; else what is wrong, in a sentence. */
const lookSchema = z.object({
  ok: z.boolean(),
  ms: z.int().nullable(),
  detail: z.string().nullable(),
});

const queueSchema = z
  .object({
    name: z.string(),
    waiting: z.int(),
    active: z.int(),
    /** Their time has not come. */
    delayed: z.int(),
    /** Given up, and kept for a while. */
    failed: z.int(),
    /** How long the one that waits longest has waited; null where none does. */
    oldestWaitingMs: z.number().nullable(),
  })
  .meta({ id: 'Queue' });

/** How what Forkcast leans on is. What could not be asked is null, or an empty list. */
export const systemSchema = z
  .object({
    /** Of the API that answers. */
    startedAt: timeSchema,
    postgres: lookSchema.extend({
      sizeBytes: z.number().nullable(),
      /** Changes of the schema that this version needs and the database lacks. */
      pendingMigrations: z.array(z.string()).nullable(),
    }),
    redis: lookSchema.extend({
      usedBytes: z.number().nullable(),
      /** What Redis is allowed; null: as much as there is. */
      maxBytes: z.number().nullable(),
    }),
    queues: lookSchema.extend({ items: z.array(queueSchema) }),
    mail: z.object({ isConfigured: z.boolean() }),
    /** What encoders are shown over RTMPS, by the relay that shows it. */
    certificates: z.array(certificateSchema.extend({ nodeId: z.string() })),
  })
  .meta({ id: 'System' });
export type SystemView = z.infer<typeof systemSchema>;
