import { z } from 'zod';
import { permissionSchema, permissionsOf, roleSchema } from '#control';
import { userSchema } from '#contracts';
import type { User } from '#contracts';
import type { Standing } from '#persistence';
import type { Principal } from './principal.ts';

/** Who the caller is. `user` is null for tokens, which belong to nobody. */
export const sessionAnswerSchema = z
  .object({
    kind: z.enum(['user', 'token', 'bootstrap-token']),
    user: userSchema.nullable(),
    /** Where they are a member, the one they joined first coming first. */
    workspaces: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        role: roleSchema,
        /** What the role lets them do there. */
        permissions: z.array(permissionSchema),
      }),
    ),
  })
  .meta({ id: 'Session' });
export type SessionAnswer = z.infer<typeof sessionAnswerSchema>;

/** Whether there is nobody yet who could sign in. */
export const setUpStateSchema = z.object({ pending: z.boolean() }).meta({ id: 'SetUpState' });

export function sessionAnswerOf(user: User, standings: readonly Standing[]): SessionAnswer {
  const workspaces = standings.map(({ workspaceId, workspaceName, role }) => ({
    id: workspaceId,
    name: workspaceName,
    role,
    permissions: [...permissionsOf(role)],
  }));
  return { kind: 'user', user, workspaces };
}

export function answerOfPrincipal(principal: Principal): SessionAnswer {
  if (principal.kind !== 'user') return { kind: principal.kind, user: null, workspaces: [] };
  return sessionAnswerOf(principal.user, principal.standings);
}
