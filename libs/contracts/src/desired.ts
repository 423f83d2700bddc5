import { z } from 'zod';
import { idSchema, timeSchema } from './scalars.ts';

/** A destination's key as stored: useless without the master key named by `keyId`. */
export const sealedKeySchema = z.object({ ciphertext: z.string(), keyId: z.string() });
export type SealedKeyRecord = z.infer<typeof sealedKeySchema>;

const desiredDestinationSchema = z.object({
  id: idSchema,
  name: z.string(),
  platform: z.string(),
  url: z.string(),
  backupUrl: z.string().nullable(),
  sealedKey: sealedKeySchema,
  enabled: z.boolean(),
  delaySeconds: z.int(),
  updatedAt: timeSchema,
  /** Grows whenever a running connection no longer serves (URL or key changed): connect anew. */
  restartToken: z.int(),
});
export type DesiredDestination = z.infer<typeof desiredDestinationSchema>;

/** What the owner wants of one stream, as the relay loads it. Read inside the relay only. */
export const desiredStreamSchema = z.object({
  streamId: idSchema,
  name: z.string(),
  graceSeconds: z.int(),
  deleted: z.boolean(),
  destinations: z.array(desiredDestinationSchema),
});
export type DesiredStream = z.infer<typeof desiredStreamSchema>;
