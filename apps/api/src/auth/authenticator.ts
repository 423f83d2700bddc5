import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Secret } from '#kernel';
import { equalHashes, hashToken } from '#vault';
import type { ApiEnvironment } from '../env.ts';
import { ENVIRONMENT } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { rememberPrincipal } from './principal.ts';
import type { Principal } from './principal.ts';
import { readSessionCookie } from './session-cookie.ts';
import { Sessions } from './sessions.ts';

/** Finds out who asks: by bearer token, else by session cookie. */
@Injectable()
export class Authenticator {
  readonly #bootstrapHash: string | undefined;

  constructor(
    @Inject(ENVIRONMENT) environment: ApiEnvironment,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {
    const token = environment.FORKCAST_BOOTSTRAP_TOKEN;
    this.#bootstrapHash = token === undefined ? undefined : hashToken(new Secret(token));
  }

  /** Rejects with SIGN_IN_REQUIRED or TOKEN_UNKNOWN. */
  async authenticate(request: Request): Promise<Principal> {
    const authorization = request.get('authorization');
    const principal =
      authorization === undefined ? await this.#bySession(request) : this.#byToken(authorization);
    rememberPrincipal(request, principal);
    return principal;
  }

  #byToken(authorization: string): Principal {
    const given = /^bearer +(\S+)$/i.exec(authorization)?.[1];
    const known = this.#bootstrapHash;
    // Hashes, not tokens, are compared: their length is always the same, and their order means
    // nothing.
    const matches =
      given !== undefined &&
      known !== undefined &&
      equalHashes(hashToken(new Secret(given)), known);
    if (matches) return { kind: 'bootstrap-token', id: 'bootstrap-token' };
    const sentence = 'The token in the Authorization header is not known here.';
    throw new ProblemError('TOKEN_UNKNOWN', sentence, { status: 401 });
  }

  async #bySession(request: Request): Promise<Principal> {
    const cookie = readSessionCookie(request);
    const session = cookie && (await this.sessions.find(cookie));
    if (session === undefined) {
      throw new ProblemError('SIGN_IN_REQUIRED', 'Sign in first.', { status: 401 });
    }
    return {
      kind: 'user',
      id: `user:${session.user.id}`,
      user: session.user,
      sessionId: session.id,
    };
  }
}
