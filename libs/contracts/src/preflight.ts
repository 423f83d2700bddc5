import { z } from 'zod';

const preflightStepSchema = z.object({
  name: z.enum(['resolve', 'tcp', 'tls', 'handshake', 'connect']),
  ok: z.boolean(),
  ms: z.number(),
  detail: z.string(),
});
export type PreflightStep = z.infer<typeof preflightStepSchema>;

/** What a test connection found, without publishing. Steps stop at the first that failed. */
export const preflightResultSchema = z
  .object({
    ok: z.boolean(),
    steps: z.array(preflightStepSchema),
    error: z.object({ code: z.string(), class: z.string(), message: z.string() }).nullable(),
  })
  .meta({ id: 'PreflightResult' });
export type PreflightResult = z.infer<typeof preflightResultSchema>;
