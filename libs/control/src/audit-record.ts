import { idSchema, timeSchema } from '#contracts';
import { z } from 'zod';

/** One thing that somebody did. */
export const auditRecordSchema = z
  .object({
    id: idSchema,
    at: timeSchema,
    actor: z.object({
      kind: z.enum(['user', 'token', 'bootstrap-token', 'schedule', 'system']),
      id: z.string(),
      /** An e-mail address, or a token's name, as it was then. */
      name: z.string(),
    }),
    /** `destination.change`. */
    action: z.string(),
    target: z
      .object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() })
      .nullable(),
    address: z.string().nullable(),
    requestId: z.string().nullable(),
    /** Names of the fields that were changed, and the like. Never a value that is secret. */
    detail: z.record(z.string(), z.json()),
  })
  .meta({ id: 'AuditRecord' });
export type AuditRecord = z.infer<typeof auditRecordSchema>;
