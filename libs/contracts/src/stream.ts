import { z } from 'zod';
import { idSchema, timeSchema } from './scalars.ts';

/** How long a broadcast outlives its encoder when the owner does not say, in seconds. */
export const GRACE_SECONDS_DEFAULT = 60;
export const GRACE_SECONDS_MAX = 1800;
/** How long the old ingest key works beside its successor at most, in seconds (one week). */
export const OVERLAP_SECONDS_MAX = 604_800;
export const NAME_LENGTH_MAX = 120;

/** A name a person gave: trimmed, one line. Control characters could forge log and screen lines. */
export const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(NAME_LENGTH_MAX)
  .regex(/^[^\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]*$/u, 'must not hold control characters');

/** A stream has two inputs, each with keys of its own; both may be published to at once. */
export const inputRoleSchema = z.enum(['primary', 'backup']);
export type InputRole = z.infer<typeof inputRoleSchema>;

/**
 * What becomes of a second encoder with the same key. `takeover`: it wins where the first is
 * silent, or is the same encoder; `reject`: it is refused; `backup`: it becomes the other input.
 */
export const takeoverPolicySchema = z.enum(['takeover', 'reject', 'backup']);
export type TakeoverPolicy = z.infer<typeof takeoverPolicySchema>;

const graceSecondsSchema = z
  .int()
  .min(0)
  .max(GRACE_SECONDS_MAX)
  .describe('How long destinations stay connected without an encoder, in seconds.');
const endOnUnpublishSchema = z
  .boolean()
  .describe('A clean goodbye ends the broadcast at once. Some encoders say it before they return.');
const takeoverSchema = takeoverPolicySchema.describe(
  'A second encoder with the same key: takeover, it wins where the first is silent for 2 s or is ' +
    'the same; reject, it is refused; backup, it becomes the other input.',
);

export const createStreamBodySchema = z
  .strictObject({
    name: nameSchema,
    graceSeconds: graceSecondsSchema.default(GRACE_SECONDS_DEFAULT),
    endOnUnpublish: endOnUnpublishSchema.default(false),
    takeover: takeoverSchema.default('takeover'),
  })
  .meta({
    id: 'CreateStreamBody',
    examples: [{ name: 'Friday show', graceSeconds: 120, takeover: 'takeover' }],
  });
export type CreateStreamBody = z.infer<typeof createStreamBodySchema>;

export const changeStreamBodySchema = z
  .strictObject({
    name: nameSchema.optional(),
    graceSeconds: graceSecondsSchema.optional(),
    endOnUnpublish: endOnUnpublishSchema.optional(),
    takeover: takeoverSchema.optional(),
  })
  .meta({ id: 'ChangeStreamBody', examples: [{ graceSeconds: 300, endOnUnpublish: true }] });
export type ChangeStreamBody = z.infer<typeof changeStreamBodySchema>;

export const rotateKeyBodySchema = z
  .strictObject({
    overlapSeconds: z
      .int()
      .min(0)
      .max(OVERLAP_SECONDS_MAX)
      .default(0)
      .describe('How long the old key works beside the new one, in seconds.'),
    input: inputRoleSchema.default('primary').describe('Which input the new key is for.'),
  })
  .meta({ id: 'RotateKeyBody', examples: [{ overlapSeconds: 3600, input: 'backup' }] });
export type RotateKeyBody = z.infer<typeof rotateKeyBodySchema>;

export const switchInputBodySchema = z
  .strictObject({ to: inputRoleSchema.optional().describe('Without it: to the other one.') })
  .meta({ id: 'SwitchInputBody', examples: [{ to: 'backup' }] });
export type SwitchInputBody = z.infer<typeof switchInputBodySchema>;

/** How something live is ended. */
export const endBodySchema = z
  .strictObject({
    cut: z.boolean().default(false).describe('What is held back is not played out first.'),
  })
  .meta({ id: 'EndBody', examples: [{ cut: true }] });
export type EndBody = z.infer<typeof endBodySchema>;

/** Where to publish. A null URL means that kind of ingest is turned off. */
const ingestAddressSchema = z.object({
  rtmpUrl: z.string().nullable(),
  rtmpsUrl: z.string().nullable(),
  /** The one that an encoder gets into: many refuse a certificate for which nobody vouches. */
  recommended: z.enum(['rtmp', 'rtmps']),
  /** What encoders are shown over RTMPS. Unknown: no relay says, or it has expired. */
  certificate: z.enum(['trusted', 'self-made', 'unknown']),
  /** Last characters of the primary input's newest key, for a person to recognise it by. */
  keyHint: z.string(),
  /** Of the backup input's; null as long as it has no key. */
  backupKeyHint: z.string().nullable(),
});

export const streamSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    graceSeconds: z.int(),
    endOnUnpublish: z.boolean(),
    takeover: takeoverPolicySchema,
    ingest: ingestAddressSchema,
    createdAt: timeSchema,
    updatedAt: timeSchema,
  })
  .meta({ id: 'Stream' });
export type Stream = z.infer<typeof streamSchema>;

/** Answers that carry ingest keys: this one, of a new stream, both; a rotated key, that one. */
export const streamWithKeySchema = streamSchema
  .extend({
    ingest: ingestAddressSchema.extend({ streamKey: z.string(), backupStreamKey: z.string() }),
  })
  .meta({ id: 'StreamWithKey' });
export type StreamWithKey = z.infer<typeof streamWithKeySchema>;

export const rotatedKeySchema = streamSchema
  .extend({
    /** Which input the new key is for. */
    input: inputRoleSchema,
    ingest: ingestAddressSchema.extend({ streamKey: z.string() }),
    oldKeyWorksUntil: timeSchema,
  })
  .meta({ id: 'RotatedKey' });
export type RotatedKey = z.infer<typeof rotatedKeySchema>;
