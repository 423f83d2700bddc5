import { z } from 'zod';
import { timeSchema } from './scalars.ts';

const certificateSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  validTo: timeSchema,
  daysLeft: z.int(),
  sha256: z.string().describe('Its fingerprint, as `certificateSha256` of a destination takes it.'),
});

const preflightStepSchema = z.object({
  name: z.enum(['resolve', 'tcp', 'tls', 'handshake', 'connect', 'publish']),
  ok: z.boolean(),
  ms: z.number(),
  detail: z.string(),
  /** At `resolve` all that were found; at `tcp` the one that took the connection. */
  addresses: z.array(z.string()).optional(),
  /** At `tls`: what the server showed, and was trusted for. */
  certificate: certificateSchema.optional(),
});
export type PreflightStep = z.infer<typeof preflightStepSchema>;

/**
 * What a test connection found. Steps stop at the first that failed. `publish` is there only where
 * the platform's private test was asked for.
 */
export const preflightResultSchema = z
  .object({
    ok: z.boolean(),
    steps: z.array(preflightStepSchema),
    error: z.object({ code: z.string(), class: z.string(), message: z.string() }).nullable(),
  })
  .meta({ id: 'PreflightResult' });
export type PreflightResult = z.infer<typeof preflightResultSchema>;
