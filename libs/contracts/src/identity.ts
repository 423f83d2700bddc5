import { z } from 'zod';
import { idSchema, timeSchema } from './scalars.ts';

const emailSchema = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase());

/** Shortest password taken for a new account, in characters. */
const PASSWORD_LENGTH_MIN = 12;
/** Longest password hashed, in characters: hashing is dear, so its input is bounded. */
const PASSWORD_LENGTH_MAX = 256;

/** The one-time set-up link's form: makes the first administrator. */
export const setUpBodySchema = z
  .strictObject({
    token: z.string().min(1).max(200),
    email: emailSchema,
    password: z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX),
  })
  .meta({ id: 'SetUpBody' });
export type SetUpBody = z.infer<typeof setUpBodySchema>;

export const signInBodySchema = z
  .strictObject({ email: emailSchema, password: z.string().min(1).max(PASSWORD_LENGTH_MAX) })
  .meta({ id: 'SignInBody' });
export type SignInBody = z.infer<typeof signInBodySchema>;

export const userSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    name: z.string().nullable(),
    /** May make workspaces and users. What they may do in a workspace, their role there says. */
    isInstanceAdmin: z.boolean(),
    createdAt: timeSchema,
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof userSchema>;
