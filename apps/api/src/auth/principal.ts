import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { assert } from '#kernel';
import type { User } from '#contracts';

/** Who asks. */
export type Principal =
  | { readonly kind: 'bootstrap-token'; readonly id: 'bootstrap-token' }
  | {
      readonly kind: 'user';
      /** `user:` and the user's id. */
      readonly id: string;
      readonly user: User;
      readonly sessionId: string;
    };

const principals = new WeakMap<object, Principal>();

/** Called by the guard alone. */
export function rememberPrincipal(request: Request, principal: Principal): void {
  principals.set(request, principal);
}

/** Who sent this request. Every route has a principal unless it is marked `@Public()`. */
export function principalOf(request: Request): Principal {
  const principal = principals.get(request);
  assert(principal, 'the guard lets no request without a principal through to a route');
  return principal;
}

/** The same, as a parameter of a route. */
export const CurrentPrincipal = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal =>
    principalOf(context.switchToHttp().getRequest<Request>()),
);
