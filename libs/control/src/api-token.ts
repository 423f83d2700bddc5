import { idSchema, nameSchema, timeSchema } from '#contracts';
import { z } from 'zod';
import { PERMISSIONS, permissionSchema } from './permission.ts';

/** The longest life of a token that has an end. */
export const TOKEN_DAYS_MAX = 366;

export const apiTokenSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    /** Its last characters. */
    hint: z.string(),
    scopes: z.array(permissionSchema),
    /** The user's id; null for one that the bootstrap token made. */
    createdBy: idSchema.nullable(),
    createdAt: timeSchema,
    /** Null: until it is revoked. */
    expiresAt: timeSchema.nullable(),
    /** To about five minutes. */
    lastUsedAt: timeSchema.nullable(),
  })
  .meta({ id: 'ApiToken' });
export type ApiToken = z.infer<typeof apiTokenSchema>;

/** The token itself is shown this once. */
export const newApiTokenSchema = apiTokenSchema
  .extend({ token: z.string() })
  .meta({ id: 'NewApiToken' });
export type NewApiToken = z.infer<typeof newApiTokenSchema>;

export const createApiTokenBodySchema = z
  .strictObject({
    name: nameSchema,
    /** No more than the one who makes it may do. */
    scopes: z
      .array(permissionSchema)
      .min(1)
      .max(PERMISSIONS.length)
      .transform((scopes) => [...new Set(scopes)]),
    /** Null, or left out: it works until it is revoked. */
    expiresInDays: z.int().min(1).max(TOKEN_DAYS_MAX).nullish(),
  })
  .meta({ id: 'CreateApiTokenBody' });
export type CreateApiTokenBody = z.infer<typeof createApiTokenBodySchema>;
