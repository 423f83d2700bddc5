import { z } from 'zod';
import { nameSchema } from './stream.ts';
import { idSchema, timeSchema } from './scalars.ts';

export const DESTINATION_URL_LENGTH_MAX = 2048;
export const DESTINATION_KEY_LENGTH_MAX = 1024;
/** Destinations of one stream at most: each costs the uplink a whole copy of the stream. */
export const DESTINATIONS_PER_STREAM_MAX = 500;

const platformIdSchema = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be a platform id');
const urlSchema = z.string().trim().min(1).max(DESTINATION_URL_LENGTH_MAX);
/** Keys carry query strings at some platforms; white space is never part of one. */
const streamKeySchema = z
  .string()
  .trim()
  .min(1)
  .max(DESTINATION_KEY_LENGTH_MAX)
  .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces');
/** Where a push that was away goes on: at the live edge, or where it stopped, at normal speed. */
export const resumePolicySchema = z.enum(['live', 'rewind']);

/** The longest delay that a destination can have, in seconds. Memory may hold less. */
export const DELAY_SECONDS_MAX = 600;
const delaySecondsSchema = z
  .int()
  .min(0)
  .max(DELAY_SECONDS_MAX)
  .describe('How far behind the encoder it runs, in seconds; refused where memory holds less.');
/** Most failures in a row that may be asked for before the other URL is tried. */
export const BACKUP_AFTER_MAX = 20;
const BACKUP_AFTER_DEFAULT = 3;
const backupAfterSchema = z
  .int()
  .min(0)
  .max(BACKUP_AFTER_MAX)
  .describe(
    'Failures in a row before the other URL is tried; 0: at once when it drops while live.',
  );
const resumeSchema = resumePolicySchema.describe(
  'After an outage: live, or rewind to where it stopped, as far as that is held. Never faster ' +
    'than real time.',
);

/** As `openssl x509 -fingerprint -sha256` says it, without its colons. */
const certificateSha256Schema = z
  .string()
  .trim()
  .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal characters')
  .toLowerCase()
  .describe(
    'SHA-256 of the one certificate that its servers may show, beside being trusted; rtmps alone.',
  );

export const createDestinationBodySchema = z
  .strictObject({
    name: nameSchema,
    platform: platformIdSchema.default('custom'),
    url: urlSchema.optional().describe('Needed, but for the platform `test`.'),
    streamKey: streamKeySchema.optional().describe('Needed, but for the platform `test`.'),
    enabled: z.boolean().default(true),
    backupUrl: urlSchema.nullish().transform((url) => url ?? null),
    backupAfter: backupAfterSchema.default(BACKUP_AFTER_DEFAULT),
    resume: resumeSchema.default('live'),
    delaySeconds: delaySecondsSchema.default(0),
    certificateSha256: certificateSha256Schema.nullish().transform((sha256) => sha256 ?? null),
  })
  .superRefine(({ platform, ...given }, context) => {
    for (const field of platform === 'test' ? [] : (['url', 'streamKey'] as const)) {
      if (given[field] !== undefined) continue;
      const message = 'is needed, but for the platform "test"';
      context.addIssue({ code: 'invalid_type', expected: 'string', path: [field], message });
    }
  })
  .meta({
    id: 'CreateDestinationBody',
    examples: [
      {
        name: 'Main channel',
        platform: 'custom',
        url: 'rtmps://live.example.com/app',
        streamKey: 'the-key-that-the-platform-shows',
        backupUrl: 'rtmps://backup.example.com/app',
        backupAfter: 0,
        resume: 'rewind',
        delaySeconds: 30,
      },
    ],
  });
export type CreateDestinationBody = z.infer<typeof createDestinationBodySchema>;

export const changeDestinationBodySchema = z
  .strictObject({
    name: nameSchema.optional(),
    platform: platformIdSchema.optional(),
    url: urlSchema.optional(),
    streamKey: streamKeySchema.optional(),
    enabled: z.boolean().optional(),
    backupUrl: urlSchema.nullable().optional(),
    backupAfter: backupAfterSchema.optional(),
    resume: resumeSchema.optional(),
    delaySeconds: delaySecondsSchema.optional(),
    certificateSha256: certificateSha256Schema.nullable().optional(),
  })
  .meta({ id: 'ChangeDestinationBody', examples: [{ delaySeconds: 30, resume: 'rewind' }] });
export type ChangeDestinationBody = z.infer<typeof changeDestinationBodySchema>;

export const destinationSchema = z
  .object({
    id: idSchema,
    streamId: idSchema,
    name: z.string(),
    platform: z.string(),
    url: z.string(),
    backupUrl: z.string().nullable(),
    keyHint: z.string(),
    enabled: z.boolean(),
    backupAfter: z.int(),
    resume: resumePolicySchema,
    delaySeconds: z.int(),
    certificateSha256: z.string().nullable(),
    createdAt: timeSchema,
    updatedAt: timeSchema,
  })
  .meta({ id: 'Destination' });
export type Destination = z.infer<typeof destinationSchema>;
