import {
  emailSchema,
  givenPasswordSchema,
  idSchema,
  nameSchema,
  passwordSchema,
  timeSchema,
} from '#contracts';
import { z } from 'zod';
import { roleSchema } from './permission.ts';

const linkTokenSchema = z.string().min(1).max(200);

export const memberSchema = z
  .object({
    /** The user's. */
    id: idSchema,
    email: z.string(),
    name: z.string().nullable(),
    role: roleSchema,
    createdAt: timeSchema,
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof memberSchema>;

export const changeMemberBodySchema = z
  .strictObject({ role: roleSchema })
  .meta({ id: 'ChangeMemberBody' });
export type ChangeMemberBody = z.infer<typeof changeMemberBodySchema>;

export const invitationSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    role: roleSchema,
    createdAt: timeSchema,
    expiresAt: timeSchema,
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitationSchema>;

/** `link` is shown this once: send it to them. A path where the public URL is not set. */
export const newInvitationSchema = invitationSchema
  .extend({ link: z.string() })
  .meta({ id: 'NewInvitation' });
export type NewInvitation = z.infer<typeof newInvitationSchema>;

export const createInvitationBodySchema = z
  .strictObject({ email: emailSchema, role: roleSchema })
  .meta({ id: 'CreateInvitationBody' });
export type CreateInvitationBody = z.infer<typeof createInvitationBodySchema>;

export const readInvitationBodySchema = z
  .strictObject({ token: linkTokenSchema })
  .meta({ id: 'ReadInvitationBody' });
export type ReadInvitationBody = z.infer<typeof readInvitationBodySchema>;

/** What a link says to whoever holds it. */
export const openInvitationSchema = z
  .object({
    email: z.string(),
    role: roleSchema,
    workspaceName: z.string(),
    /** Then the password of that account is asked for, not a new one. */
    hasAccount: z.boolean(),
    expiresAt: timeSchema,
  })
  .meta({ id: 'OpenInvitation' });
export type OpenInvitation = z.infer<typeof openInvitationSchema>;

/** With an account: its password. Without: that of the account that is made. */
export const acceptInvitationBodySchema = z
  .strictObject({
    token: linkTokenSchema,
    password: givenPasswordSchema,
    name: nameSchema.optional(),
  })
  .meta({ id: 'AcceptInvitationBody' });
export type AcceptInvitationBody = z.infer<typeof acceptInvitationBodySchema>;

export const changePasswordBodySchema = z
  .strictObject({ currentPassword: givenPasswordSchema, newPassword: passwordSchema })
  .meta({ id: 'ChangePasswordBody' });
export type ChangePasswordBody = z.infer<typeof changePasswordBodySchema>;

/** Where somebody is signed in. */
export const signedInSessionSchema = z
  .object({
    id: idSchema,
    /** The one that asks. */
    isCurrent: z.boolean(),
    address: z.string().nullable(),
    /** As the browser calls itself. */
    userAgent: z.string().nullable(),
    createdAt: timeSchema,
    lastSeenAt: timeSchema,
    expiresAt: timeSchema,
  })
  .meta({ id: 'SignedInSession' });
export type SignedInSession = z.infer<typeof signedInSessionSchema>;

/** A person, as those see them who are above the instance. */
export const userDetailSchema = z
  .object({
    id: idSchema,
    email: z.string(),
    name: z.string().nullable(),
    isInstanceAdmin: z.boolean(),
    isDisabled: z.boolean(),
    createdAt: timeSchema,
    workspaces: z.array(z.object({ id: idSchema, name: z.string(), role: roleSchema })),
  })
  .meta({ id: 'UserDetail' });
export type UserDetail = z.infer<typeof userDetailSchema>;

/** An account without a workspace: invite them to one, or let them make their own. */
export const createUserBodySchema = z
  .strictObject({
    email: emailSchema,
    password: passwordSchema,
    name: nameSchema.optional(),
    isInstanceAdmin: z.boolean().default(false),
  })
  .meta({ id: 'CreateUserBody' });
export type CreateUserBody = z.infer<typeof createUserBodySchema>;

export const changeUserBodySchema = z
  .strictObject({
    name: nameSchema.nullable().optional(),
    isInstanceAdmin: z.boolean().optional(),
    /** Ends their sessions, and refuses their tokens. */
    isDisabled: z.boolean().optional(),
  })
  .meta({ id: 'ChangeUserBody' });
export type ChangeUserBody = z.infer<typeof changeUserBodySchema>;
