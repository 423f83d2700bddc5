import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DEFAULT_WORKSPACE_ID } from '#contracts';
import { PERMISSIONS, permissionsOf } from '#control';
import { Secret } from '#kernel';
import { Database } from '#persistence';
import type { FoundApiToken, Standing } from '#persistence';
import { equalHashes, hashToken } from '#vault';
import type { ApiEnvironment } from '../env.ts';
import { ENVIRONMENT } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { ApiTokens } from './api-tokens.ts';
import { NO_WORKSPACE, rememberPrincipal } from './principal.ts';
import type { Principal } from './principal.ts';
import { readSessionCookie } from './session-cookie.ts';
import { Sessions } from './sessions.ts';
import { workspaceAskedFor } from './workspace-asked-for.ts';

/** Finds out who asks, and about which workspace: by bearer token, else by session cookie. */
@Injectable()
export class Authenticator {
  readonly #bootstrapHash: string | undefined;

  constructor(
    @Inject(ENVIRONMENT) environment: ApiEnvironment,
    @Inject(Database) private readonly database: Database,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(ApiTokens) private readonly tokens: ApiTokens,
  ) {
    const token = environment.FORKCAST_BOOTSTRAP_TOKEN;
    this.#bootstrapHash = token === undefined ? undefined : hashToken(new Secret(token));
  }

  /** Rejects with SIGN_IN_REQUIRED, TOKEN_UNKNOWN, TOKEN_EXPIRED or WORKSPACE_NOT_FOUND. */
  async authenticate(request: Request): Promise<Principal> {
    const principal = await this.identify(request);
    rememberPrincipal(request, principal, this.database.workspace(principal.workspaceId));
    return principal;
  }

  /** The same, without a trace at the request. */
  identify(request: Request): Promise<Principal> {
    const authorization = request.get('authorization');
    const asked = workspaceAskedFor(request);
    return authorization === undefined
      ? this.#bySession(request, asked)
      : this.#byToken(authorization, asked);
  }

  async #byToken(authorization: string, asked: string | undefined): Promise<Principal> {
    const given = /^bearer +(\S+)$/i.exec(authorization)?.[1];
    const hash = given === undefined ? undefined : hashToken(new Secret(given));
    const known = this.#bootstrapHash;
    // Hashes, not tokens, are compared: their length is always the same, and their order means
    // nothing.
    if (hash !== undefined && known !== undefined && equalHashes(hash, known)) {
      return this.#bootstrap(asked);
    }
    const found = hash === undefined ? undefined : await this.tokens.find(hash);
    if (found !== undefined) return tokenPrincipal(found, asked);
    const sentence = 'The token in the Authorization header is not known here.';
    throw new ProblemError('TOKEN_UNKNOWN', sentence);
  }

  /** The operator's own automation: it may do everything, in every workspace. */
  async #bootstrap(asked: string | undefined): Promise<Principal> {
    if (asked !== undefined && (await this.database.system.workspaces.find(asked)) === undefined) {
      throw workspaceMissing();
    }
    return {
      kind: 'bootstrap-token',
      id: 'bootstrap-token',
      account: 'bootstrap-token',
      name: 'bootstrap token',
      workspaceId: asked ?? DEFAULT_WORKSPACE_ID,
      permissions: new Set(PERMISSIONS),
      isInstanceAdmin: true,
    };
  }

  async #bySession(request: Request, asked: string | undefined): Promise<Principal> {
    const cookie = readSessionCookie(request);
    const session = cookie && (await this.sessions.find(cookie));
    if (session === undefined) {
      throw new ProblemError('SIGN_IN_REQUIRED', 'Sign in first.', { status: 401 });
    }
    const { user, standings } = session;
    const standing = standingIn(standings, asked);
    const allowed = new Set(standing && permissionsOf(standing.role));
    if (user.isInstanceAdmin) allowed.add('instance:manage');
    return {
      kind: 'user',
      id: `user:${user.id}`,
      account: `user:${user.id}`,
      name: user.email,
      workspaceId: standing?.workspaceId ?? NO_WORKSPACE,
      permissions: allowed,
      isInstanceAdmin: user.isInstanceAdmin,
      user,
      standings,
      sessionId: session.id,
    };
  }
}

/** A token may do what its maker may do now, and of that what its scopes say. */
function tokenPrincipal(token: FoundApiToken, asked: string | undefined): Principal {
  const { id, name, workspaceId, scopes, createdBy, creator } = token;
  if (asked !== undefined && asked !== workspaceId) throw workspaceMissing();
  const isInstanceAdmin =
    scopes.includes('instance:manage') && (creator === null || creator.isInstanceAdmin);
  const permissions = new Set(creator === null ? scopes : permissionsOf(creator.role, scopes));
  if (isInstanceAdmin) permissions.add('instance:manage');
  return {
    kind: 'token',
    id: `token:${id}`,
    account: createdBy === null ? `token:${id}` : `user:${createdBy}`,
    name,
    workspaceId,
    permissions,
    isInstanceAdmin,
    tokenId: id,
    madeBy: createdBy,
  };
}

/** Whoever asks for none gets their first. Another's workspace is none that anybody hears of. */
function standingIn(
  standings: readonly Standing[],
  asked: string | undefined,
): Standing | undefined {
  if (asked === undefined) return standings[0];
  const standing = standings.find(({ workspaceId }) => workspaceId === asked);
  if (standing === undefined) throw workspaceMissing();
  return standing;
}

function workspaceMissing(): ProblemError {
  return new ProblemError('WORKSPACE_NOT_FOUND', 'There is no such workspace.', { status: 404 });
}
