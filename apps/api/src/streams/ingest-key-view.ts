import { z } from 'zod';
import { idSchema, inputRoleSchema, timeSchema } from '#contracts';
import type { IngestKeyRecord } from '#persistence';

/** A key that works now, as far as it may be shown. */
const ingestKeySchema = z
  .object({
    id: idSchema,
    input: inputRoleSchema,
    /** Its last characters. */
    hint: z.string(),
    createdAt: timeSchema,
    /** When its overlap with its successor is over; null for the newest. */
    expiresAt: timeSchema.nullable(),
  })
  .meta({ id: 'IngestKey' });

/** All of them: there are never many. */
export const ingestKeysSchema = z
  .object({ items: z.array(ingestKeySchema) })
  .meta({ id: 'IngestKeys' });

export function ingestKeyView(record: IngestKeyRecord): z.infer<typeof ingestKeySchema> {
  const { id, role, hint, createdAt, expiresAt } = record;
  return {
    id,
    input: role,
    hint,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  };
}

export const revokeKeyQuerySchema = z.strictObject({
  force: z
    .enum(['true', 'false'])
    .default('false')
    .describe('Revoke also the last key of the primary input.'),
});
export type RevokeKeyQuery = z.infer<typeof revokeKeyQuerySchema>;
