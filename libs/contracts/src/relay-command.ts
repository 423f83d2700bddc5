import { z } from 'zod';
import { inputRoleSchema } from './stream.ts';
import { idSchema } from './scalars.ts';

/**
 * What the API asks of the relay node that owns a stream. Commands carry ids only, never keys:
 * Redis holds them in plain text. `reconcile`: load the desired state again and make it so.
 * `retryPush`: if the push is waiting, try now. `switchInput`: to that input, or to the other one.
 * `cut`, `cutPush`: what is buffered is not played out first. `checkKeys`: a key may be revoked;
 * ask again whether those of its encoders still open the stream.
 */
export const relayCommandSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reconcile'), streamId: idSchema }),
  z.object({
    kind: z.literal('endBroadcast'),
    streamId: idSchema,
    cut: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('switchInput'),
    streamId: idSchema,
    to: inputRoleSchema.optional(),
  }),
  z.object({ kind: z.literal('cutPush'), streamId: idSchema, destinationId: idSchema }),
  z.object({ kind: z.literal('retryPush'), streamId: idSchema, destinationId: idSchema }),
  z.object({ kind: z.literal('checkKeys'), streamId: idSchema }),
]);
export type RelayCommand = z.infer<typeof relayCommandSchema>;
