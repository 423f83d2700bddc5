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

/** CIDRs, comma-separated; stays text, for `parseCidrList`. */
export const cidrListSchema = z.string().superRefine((text, context) => {
  try {
    void new AddressPolicy(parseCidrList(text));
  } catch (error) {
    context.addIssue({ code: 'custom', message: sentenceOf(error) });
  }
});
