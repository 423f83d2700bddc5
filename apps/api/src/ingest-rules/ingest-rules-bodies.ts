import { z } from 'zod';
import { INGEST_KBPS_MAX, inputRoleSchema, timeSchema } from '#contracts';
import { HTTPS_URL_CHARS_MAX } from '#https-call';

/** Ranges of one stream at most. */
const CIDRS_MAX = 50;
const CIDR_CHARS_MAX = 49;
/** Less than this is no video. */
const KBPS_MIN = 100;
const LINK_SECONDS_MIN = 60;
const LINK_SECONDS_MAX = 604_800;
const LINK_SECONDS_DEFAULT = 3_600;

const allowedCidrsSchema = z
  .array(z.string().trim().min(1).max(CIDR_CHARS_MAX))
  .max(CIDRS_MAX)
  .describe('Where encoders may come from, such as 203.0.113.0/24; empty: from anywhere.');
const kbpsMaxSchema = z
  .int()
  .min(KBPS_MIN)
  .max(INGEST_KBPS_MAX)
  .nullable()
  .describe('An encoder that sends more, over ten seconds, is ended. Null: 80 Mbit/s.');
const fallbackSchema = z
  .enum(['refuse', 'allow'])
  .describe('What counts when that server does not answer within two seconds.');

export const changeIngestRulesBodySchema = z
  .strictObject({
    allowedCidrs: allowedCidrsSchema.optional(),
    kbpsMax: kbpsMaxSchema.optional(),
    authorise: z
      .strictObject({
        url: z.string().min(1).max(HTTPS_URL_CHARS_MAX),
        fallback: fallbackSchema.default('refuse'),
      })
      .nullable()
      .optional()
      .describe('Your server that is asked about each publish; null: nobody is.'),
  })
  .meta({
    id: 'ChangeIngestRulesBody',
    examples: [{ allowedCidrs: ['203.0.113.0/24'], kbpsMax: 12_000 }],
  });
export type ChangeIngestRulesBody = z.infer<typeof changeIngestRulesBodySchema>;

export const ingestRulesSchema = z
  .object({
    allowedCidrs: z.array(z.string()),
    kbpsMax: z.int().nullable(),
    authorise: z.object({ url: z.string(), fallback: fallbackSchema }).nullable(),
    /** Whether publish links have been made, and may be revoked. */
    hasPublishLinks: z.boolean(),
  })
  .meta({ id: 'IngestRules' });
export type IngestRulesView = z.infer<typeof ingestRulesSchema>;

/** The one answer that shows what signs the calls to the owner’s server. */
export const changedIngestRulesSchema = ingestRulesSchema
  .extend({ authoriseSecret: z.string().nullable() })
  .meta({ id: 'ChangedIngestRules' });
export type ChangedIngestRules = z.infer<typeof changedIngestRulesSchema>;

export const createPublishUrlBodySchema = z
  .strictObject({
    expiresInSeconds: z
      .int()
      .min(LINK_SECONDS_MIN)
      .max(LINK_SECONDS_MAX)
      .default(LINK_SECONDS_DEFAULT)
      .describe('For how long a publish may begin with it. What is live by then goes on.'),
    once: z
      .boolean()
      .default(true)
      .describe('It opens the stream for one broadcast, into which its encoder may come back.'),
    input: inputRoleSchema.default('primary').describe('Which input it opens.'),
  })
  .meta({ id: 'CreatePublishUrlBody', examples: [{ expiresInSeconds: 3600, once: true }] });
export type CreatePublishUrlBody = z.infer<typeof createPublishUrlBodySchema>;

/** Server and stream key as an encoder wants them. Shown once: nothing of it is kept. */
export const publishUrlSchema = z
  .object({
    ingest: z.object({
      rtmpUrl: z.string().nullable(),
      rtmpsUrl: z.string().nullable(),
      streamKey: z.string(),
    }),
    once: z.boolean(),
    input: inputRoleSchema,
    expiresAt: timeSchema,
  })
  .meta({ id: 'PublishUrl' });
export type PublishUrl = z.infer<typeof publishUrlSchema>;
