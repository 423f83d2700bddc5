import { z } from 'zod';
import { resumePolicySchema } from './destination.ts';
import { takeoverPolicySchema } from './stream.ts';
import { idSchema, timeSchema } from './scalars.ts';

const desiredDestinationSchema = z.object({
  id: idSchema,
  name: z.string(),
  platform: z.string(),
  url: z.string(),
  backupUrl: z.string().nullable(),
  /** As stored: opened by libs/vault with the destination's id, in the relay only. */
  sealedKey: z.string(),
  enabled: z.boolean(),
  delaySeconds: z.int(),
  resume: resumePolicySchema,
  /** So many failures in a row lead to the other URL; 0: at once when a live connection drops. */
  backupAfter: z.int(),
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
  /** Whether an encoder that says goodbye ends the broadcast at once. */
  endOnUnpublish: z.boolean(),
  takeover: takeoverPolicySchema,
  /** sha256 of the picture to be shown while the encoder is away, hex; without: the last one. */
  slate: z.string().nullish(),
  deleted: z.boolean(),
  destinations: z.array(desiredDestinationSchema),
});
export type DesiredStream = z.infer<typeof desiredStreamSchema>;
