import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { assert } from '#kernel';
import type { Permission } from '#control';
import type { User } from '#contracts';
import type { Standing, WorkspaceDatabase } from '#persistence';

/** The workspace of somebody who is a member of none: an id that no row has. */
export const NO_WORKSPACE = '00000000-0000-0000-0000-000000000000';

/** Who somebody is in the workspace that a request is about. */
interface InWorkspace {
  /** `user:` and the user's id, and the like: whose idempotency keys are whose. */
  readonly id: string;
  /** Whom limits are counted by: a person's sessions and tokens count together. */
  readonly account: string;
  /** For the audit: an e-mail address, or a token's name. */
  readonly name: string;
  readonly workspaceId: string;
  readonly permissions: ReadonlySet<Permission>;
  /** May make workspaces and users. Sees into a workspace only as a member. */
  readonly isInstanceAdmin: boolean;
}

/** Who asks. */
export type Principal = InWorkspace &
  (
    | { readonly kind: 'bootstrap-token' }
    | {
        readonly kind: 'token';
        readonly tokenId: string;
        /** The user's id; null for one that the bootstrap token made. */
        readonly madeBy: string | null;
      }
    | {
        readonly kind: 'user';
        readonly user: User;
        readonly sessionId: string;
        /** Everywhere they are a member. */
        readonly standings: readonly Standing[];
      }
  );

interface Known {
  readonly principal: Principal;
  readonly workspace: WorkspaceDatabase;
}

const known = new WeakMap<object, Known>();

/** Called by the guard alone. */
export function rememberPrincipal(
  request: Request,
  principal: Principal,
  workspace: WorkspaceDatabase,
): void {
  known.set(request, { principal, workspace });
}

/** Who sent this request. Every route has a principal unless it is marked `@Public()`. */
export function principalOf(request: Request): Principal {
  return knownOf(request).principal;
}

/** The same, or undefined where nobody had to say who they are. */
export function principalIfAny(request: Request): Principal | undefined {
  return known.get(request)?.principal;
}

/** The same, as a parameter of a route. */
export const CurrentPrincipal = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal =>
    principalOf(context.switchToHttp().getRequest<Request>()),
);

/** What the workspace of this request has, and nothing else, as a parameter of a route. */
export const CurrentWorkspace = createParamDecorator(
  (_data: unknown, context: ExecutionContext): WorkspaceDatabase =>
    knownOf(context.switchToHttp().getRequest<Request>()).workspace,
);

function knownOf(request: Request): Known {
  const found = known.get(request);
  assert(found, 'the guard lets no request without a principal through to a route');
  return found;
}
