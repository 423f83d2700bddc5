import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cursorQuerySchema, pageSchema } from '#contracts';
import type { CursorQuery } from '#contracts';
import { createInvitationBodySchema, invitationSchema, newInvitationSchema } from '#control';
import type { CreateInvitationBody } from '#control';
import type { Clock } from '#kernel';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentPrincipal, CurrentWorkspace } from '../auth/principal.ts';
import type { Principal } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { CLOCK } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { Answers, AnswersNothing, Refuses } from '../web/answers.ts';
import { invitationView } from './invitation-view.ts';
import { Invite } from './invite.use-case.ts';

/** Who may come in. How they do: OpenInvitationsController. */
@ApiTags('invitations')
@Controller('invitations')
export class InvitationsController {
  constructor(
    @Inject(Invite) private readonly invite: Invite,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Works once, for seven days. One to the same address takes the place of an earlier one. */
  @Requires('members:manage')
  @Post()
  @Answers(201, newInvitationSchema)
  @Refuses(409, { MEMBER_EXISTS: 'They are a member already.' })
  create(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: createInvitationBodySchema }) body: CreateInvitationBody,
  ) {
    return this.invite.run(workspace, principal, body);
  }

  /** Those that stand. */
  @Requires('members:manage')
  @Get()
  @Answers(200, pageSchema(invitationSchema))
  async list(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Query({ schema: cursorQuerySchema }) query: CursorQuery,
  ) {
    const page = await workspace.invitations.page(query, new Date(this.clock.wallMs()));
    return { ...page, items: page.items.map(invitationView) };
  }

  @Requires('members:manage')
  @Delete(':id')
  @AnswersNothing()
  async revoke(@CurrentWorkspace() workspace: WorkspaceDatabase, @Param('id') id: string) {
    const revoked = await workspace.invitations.revoke(id);
    if (revoked === undefined) throw new ProblemError('INVITATION_NOT_FOUND');
  }
}
