import { Inject, Injectable } from '@nestjs/common';
import type { CreateApiTokenBody, NewApiToken } from '#control';
import type { Clock } from '#kernel';
import type { WorkspaceDatabase } from '#persistence';
import { hashToken, newToken } from '#vault';
import { mayGrant } from '../auth/may-grant.ts';
import type { Principal } from '../auth/principal.ts';
import { CLOCK } from '../infrastructure/tokens.ts';
import { apiTokenView } from './api-token-view.ts';

const DAY_MS = 86_400_000;

@Injectable()
export class CreateApiToken {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Bound to the workspace, and to what its maker may do there, now and later. */
  async run(
    workspace: WorkspaceDatabase,
    principal: Principal,
    { name, scopes, expiresInDays }: CreateApiTokenBody,
  ): Promise<NewApiToken> {
    mayGrant(principal, scopes);
    const token = newToken();
    const record = await workspace.tokens.create({
      name,
      scopes,
      tokenHash: hashToken(token),
      hint: token.hint(),
      createdBy: makerOf(principal),
      expiresAt: this.endOf(expiresInDays ?? null),
    });
    return { ...apiTokenView(record), token: token.reveal() };
  }

  private endOf(days: number | null): Date | null {
    return days === null ? null : new Date(this.clock.wallMs() + days * DAY_MS);
  }
}

/** Whoever makes a token by a token is whoever made that one. */
function makerOf(principal: Principal): string | null {
  if (principal.kind === 'user') return principal.user.id;
  return principal.kind === 'token' ? principal.madeBy : null;
}
