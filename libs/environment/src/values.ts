import { z } from 'zod';
import { sentenceOf } from '#kernel';
import { AddressPolicy, parseCidrList } from '#net';

const PORT_MAX = 65_535;

/** What 0 means is the app's to say. */
export const portSchema = z.coerce.number().int().min(0).max(PORT_MAX);
export const textSchema = z.string().min(1);
export const postgresUrlSchema = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'must be a URL that begins with postgres:// or postgresql://',
});
export const redisUrlSchema = z.url({
  protocol: /^rediss?$/,
  error: 'must be a URL that begins with redis:// or rediss://',
});

/** Where the master key and its predecessors come from: see `openMasterKey`. */
export const masterKeyVariables = {
  FORKCAST_DATA_DIR: textSchema.default('./.forkcast'),
  FORKCAST_MASTER_KEY: textSchema.optional(),
  FORKCAST_MASTER_KEY_FILE: textSchema.optional(),
  /** Comma-separated: they open what they have sealed, and seal nothing. */
  FORKCAST_MASTER_KEY_PREVIOUS: textSchema.optional(),
};

/** How mail is sent; without them there is none. */
export const mailVariables = {
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be a URL that begins with smtp:// or smtps://' })
    .optional(),
  SMTP_FROM: z.string().min(3).max(320).optional(),
};

/** CIDRs, comma-separated; stays text, for `parseCidrList`. */
export const cidrListSchema = z.string().superRefine((text, context) => {
  try {
    void new AddressPolicy(parseCidrList(text));
  } catch (error) {
    context.addIssue({ code: 'custom', message: sentenceOf(error) });
  }
});
