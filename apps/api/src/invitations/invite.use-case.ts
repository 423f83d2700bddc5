import { Inject, Injectable } from '@nestjs/common';
import { ROLE_PERMISSIONS } from '#control';
import type { CreateInvitationBody, NewInvitation } from '#control';
import type { Clock } from '#kernel';
import type { WorkspaceDatabase } from '#persistence';
import { hashToken, newToken } from '#vault';
import { mayGrant } from '../auth/may-grant.ts';
import type { Principal } from '../auth/principal.ts';
import type { ApiEnvironment } from '../env.ts';
import { CLOCK, ENVIRONMENT } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { invitationView } from './invitation-view.ts';

/** Seven days. */
const LINK_LIFETIME_MS = 604_800_000;

@Injectable()
export class Invite {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: ApiEnvironment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The link goes to whoever invites, this once: they know how to reach the person. */
  async run(
    workspace: WorkspaceDatabase,
    principal: Principal,
    { email, role }: CreateInvitationBody,
  ): Promise<NewInvitation> {
    mayGrant(principal, ROLE_PERMISSIONS[role]);
    if (await workspace.members.isMember(email)) throw new ProblemError('MEMBER_EXISTS');
    const token = newToken();
    const record = await workspace.invitations.create({
      email,
      role,
      tokenHash: hashToken(token),
      invitedBy: principal.kind === 'user' ? principal.user.id : null,
      expiresAt: new Date(this.clock.wallMs() + LINK_LIFETIME_MS),
    });
    const base = this.environment.FORKCAST_PUBLIC_URL?.replace(/\/+$/, '') ?? '';
    return { ...invitationView(record), link: `${base}/invite?token=${token.reveal()}` };
  }
}
