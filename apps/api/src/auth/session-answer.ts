import { z } from 'zod';
import { userSchema } from '#contracts';

/** Who the caller is. `user` is null for the bootstrap token, which belongs to nobody. */
export const sessionAnswerSchema = z
  .object({ kind: z.enum(['user', 'bootstrap-token']), user: userSchema.nullable() })
  .meta({ id: 'Session' });
export type SessionAnswer = z.infer<typeof sessionAnswerSchema>;

/** Whether there is nobody yet who could sign in. */
export const setUpStateSchema = z.object({ pending: z.boolean() }).meta({ id: 'SetUpState' });
