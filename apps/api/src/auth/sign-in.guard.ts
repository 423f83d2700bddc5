import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { assert } from '#kernel';
import { ProblemError } from '../problem/problem-error.ts';
import { Authenticator } from './authenticator.ts';
import { PUBLIC_ROUTE } from './public.ts';
import { PERMISSION } from './requires.ts';
import type { Requirement } from './requires.ts';

/**
 * Stands before every route: lets through who is known and may do what the route requires, and
 * anyone to what is `@Public()`.
 */
@Injectable()
export class SignInGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC_ROUTE, places)) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const { permissions } = await this.authenticator.authenticate(request);
    const wanted = this.reflector.getAllAndOverride<Requirement | undefined>(PERMISSION, places);
    assert(wanted, 'every route says what it requires: @Requires, @SignedIn or @Public');
    if (wanted === 'signed-in' || permissions.has(wanted)) return true;
    const sentence = `This needs the permission ${wanted}; ask an owner of the workspace.`;
    throw new ProblemError('NOT_ALLOWED', sentence);
  }
}
