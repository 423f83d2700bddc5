import { z } from 'zod';
import { cursorQuerySchema, idSchema, timeSchema } from '#contracts';
import { createWebhookBodySchema, deliverySchema, webhookSchema } from '#control';

/** A week: by then every receiver knows the new one. */
const SECRET_OVERLAP_SECONDS_MAX = 604_800;
const SECRET_OVERLAP_SECONDS_DEFAULT = 86_400;
const { name, url, email, kinds } = createWebhookBodySchema.shape;

export type Webhook = z.infer<typeof webhookSchema>;
export type Delivery = z.infer<typeof deliverySchema>;

/** What is left out stays. The format stays for good. */
export const changeWebhookBodySchema = z
  .strictObject({
    name: name.optional(),
    url,
    email,
    kinds: kinds.optional(),
    streamId: idSchema.nullable().optional(),
    enabled: z.boolean().optional(),
  })
  .meta({ id: 'ChangeWebhookBody', examples: [{ kinds: ['push.needs_attention'] }] });
export type ChangeWebhookBody = z.infer<typeof changeWebhookBodySchema>;

export const webhookWithSecretSchema = webhookSchema
  .extend({
    /** What webhooks of the format standard are signed with, shown this once; else null. */
    secret: z.string().nullable(),
  })
  .meta({ id: 'WebhookWithSecret' });
export type WebhookWithSecret = z.infer<typeof webhookWithSecretSchema>;

export const rotateSecretBodySchema = z
  .strictObject({
    /** How long the secret before goes on signing beside the new one. */
    overlapSeconds: z
      .int()
      .min(0)
      .max(SECRET_OVERLAP_SECONDS_MAX)
      .default(SECRET_OVERLAP_SECONDS_DEFAULT),
  })
  .meta({ id: 'RotateSecretBody', examples: [{ overlapSeconds: 3_600 }] });
export type RotateSecretBody = z.infer<typeof rotateSecretBodySchema>;

export const replayBodySchema = z
  .strictObject({
    /** Events since then that were given up. */
    since: timeSchema,
  })
  .meta({ id: 'ReplayBody', examples: [{ since: '2026-11-21T20:00:00.000Z' }] });
export type ReplayBody = z.infer<typeof replayBodySchema>;

/** How many wait anew. */
export const replayAnswerSchema = z.object({ replayed: z.int() }).meta({ id: 'ReplayAnswer' });

/** Of one state, or of all. */
export const deliveriesQuerySchema = cursorQuerySchema.extend({
  state: deliverySchema.shape.state.optional(),
});
export type DeliveriesQuery = z.infer<typeof deliveriesQuerySchema>;
