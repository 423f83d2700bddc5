import { idSchema, nameSchema, timeSchema } from '#contracts';
import { z } from 'zod';
import { EVENT_TYPES, eventTypeSchema } from './event.ts';

/** `standard`: Standard Webhooks, signed. The others are notices for people. */
export const webhookFormatSchema = z.enum(['standard', 'discord', 'slack', 'email']);
export type WebhookFormat = z.infer<typeof webhookFormatSchema>;

/** Characters of a target's URL at most. */
export const WEBHOOK_URL_LENGTH_MAX = 2_048;

/** That it is an HTTPS URL, and goes to no private address, is looked at behind the schema. */
const url = z.string().trim().min(1).max(WEBHOOK_URL_LENGTH_MAX);
const email = z.email().max(254);
const kinds = z.array(eventTypeSchema).min(1).max(EVENT_TYPES.length);

/** An `email` notice has an address, every other a URL. */
export const createWebhookBodySchema = z
  .strictObject({
    name: nameSchema,
    format: webhookFormatSchema,
    url: url.optional(),
    email: email.optional(),
    kinds,
    /** Of this stream alone. */
    streamId: idSchema.nullish().transform((id) => id ?? null),
    enabled: z.boolean().default(true),
  })
  .refine((body) => (body.format === 'email') === (body.email !== undefined), {
    path: ['email'],
    message: 'belongs to the format email, and to no other',
  })
  .refine((body) => (body.format === 'email') === (body.url === undefined), {
    path: ['url'],
    message: 'belongs to every format but email',
  })
  .meta({
    id: 'CreateWebhookBody',
    examples: [
      {
        name: 'On-call',
        format: 'standard',
        url: 'https://hooks.example.com/forkcast',
        kinds: ['push.needs_attention', 'ingest.lost'],
      },
    ],
  });
export type CreateWebhookBody = z.infer<typeof createWebhookBodySchema>;

export const webhookSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    format: webhookFormatSchema,
    /** What tells this target from others; Discord's and Slack's URLs are secrets themselves. */
    targetHint: z.string(),
    kinds,
    streamId: idSchema.nullable(),
    enabled: z.boolean(),
    disabledReason: z.string().nullable(),
    createdAt: timeSchema,
    updatedAt: timeSchema,
  })
  .meta({ id: 'Webhook' });

/** One event on its way to one endpoint. `dead`: given up; it can be replayed. */
export const deliverySchema = z
  .object({
    id: idSchema,
    eventId: idSchema,
    sequence: z.int(),
    type: eventTypeSchema,
    state: z.enum(['pending', 'delivered', 'dead']),
    tries: z.int(),
    nextTryAt: timeSchema.nullable(),
    /** HTTP status of the last try; null where there was no answer. */
    lastStatus: z.int().nullable(),
    lastFault: z.string().nullable(),
    deliveredAt: timeSchema.nullable(),
  })
  .meta({ id: 'Delivery' });
