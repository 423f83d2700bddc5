import { z } from 'zod';
import { passwordSchema, timeSchema } from '#contracts';

const tokenSchema = z.string().min(1).max(200);

/** `link` is shown this once: send it to them. A path where the public URL is not set. */
export const newPasswordResetSchema = z
  .object({ email: z.string(), link: z.string(), expiresAt: timeSchema })
  .meta({ id: 'NewPasswordReset' });
export type NewPasswordReset = z.infer<typeof newPasswordResetSchema>;

export const readPasswordResetBodySchema = z
  .strictObject({ token: tokenSchema })
  .meta({ id: 'ReadPasswordResetBody' });
export type ReadPasswordResetBody = z.infer<typeof readPasswordResetBodySchema>;

/** What a link says to whoever holds it. */
export const openPasswordResetSchema = z
  .object({ email: z.string(), expiresAt: timeSchema })
  .meta({ id: 'OpenPasswordReset' });
export type OpenPasswordReset = z.infer<typeof openPasswordResetSchema>;

export const usePasswordResetBodySchema = z
  .strictObject({ token: tokenSchema, password: passwordSchema })
  .meta({ id: 'UsePasswordResetBody' });
export type UsePasswordResetBody = z.infer<typeof usePasswordResetBodySchema>;
