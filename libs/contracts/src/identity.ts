import { z } from 'zod';
import { idSchema, timeSchema } from './scalars.ts';

/** Lower case, whatever was typed. */
export const emailSchema = z
  .email()
  .max(254)
  .transform((email) => email.toLowerCase());

/** Shortest password taken for a new account, in characters. */
const PASSWORD_LENGTH_MIN = 12;
/** Longest password hashed, in characters: hashing is dear, so its input is bounded. */
const PASSWORD_LENGTH_MAX = 256;

/** Of a new account, or a new one of an old account. */
export const passwordSchema = z.string().min(PASSWORD_LENGTH_MIN).max(PASSWORD_LENGTH_MAX);

/** A password that is only compared: it may be of a time with other limits. */
export const givenPasswordSchema = z.string().min(1).max(PASSWORD_LENGTH_MAX);

/** The one-time set-up link's form: makes the first administrator. */
export const setUpBodySchema = z
  .strictObject({
    token: z.string().min(1).max(200),
    email: emailSchema,
    password: passwordSchema,
  })
  .meta({ id: 'SetUpBody' });
export type SetUpBody = z.infer<typeof setUpBodySchema>;

export const signInBodySchema = z
  .strictObject({ email: emailSchema, password: givenPasswordSchema })
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
