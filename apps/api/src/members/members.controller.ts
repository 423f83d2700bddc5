import { Body, Controller, Delete, Get, Inject, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cursorQuerySchema, pageSchema } from '#contracts';
import type { CursorQuery } from '#contracts';
import { changeMemberBodySchema, memberSchema, ROLE_PERMISSIONS } from '#control';
import type { ChangeMemberBody } from '#control';
import type { MemberChange, WorkspaceDatabase } from '#persistence';
import { AccessChanges } from '../auth/access-changes.ts';
import { mayGrant } from '../auth/may-grant.ts';
import { CurrentPrincipal, CurrentWorkspace } from '../auth/principal.ts';
import type { Principal } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { Answers, AnswersNothing, Refuses } from '../web/answers.ts';
import { memberView } from './member-view.ts';

const LAST = { LAST_OWNER: 'A workspace needs an owner; make another one first.' } as const;

/** Who works in a workspace. Who comes in: InvitationsController. */
@ApiTags('members')
@Controller('members')
export class MembersController {
  constructor(@Inject(AccessChanges) private readonly changes: AccessChanges) {}

  @Requires('members:manage')
  @Get()
  @Answers(200, pageSchema(memberSchema))
  async list(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Query({ schema: cursorQuerySchema }) query: CursorQuery,
  ) {
    const page = await workspace.members.page(query);
    return { ...page, items: page.items.map(memberView) };
  }

  @Requires('members:manage')
  @Patch(':id')
  @Answers(200, memberSchema)
  @Refuses(409, LAST)
  async change(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Body({ schema: changeMemberBodySchema }) { role }: ChangeMemberBody,
  ) {
    const member = await workspace.members.find(id);
    if (member === undefined) throw new ProblemError('MEMBER_NOT_FOUND');
    // Neither up to what one does not have, nor down from it.
    mayGrant(principal, ROLE_PERMISSIONS[role]);
    mayGrant(principal, ROLE_PERMISSIONS[member.role]);
    refuse(await workspace.members.changeRole(id, role));
    this.changes.tell();
    return memberView({ ...member, role });
  }

  /** The tokens that they made in the workspace stop working. */
  @Requires('members:manage')
  @Delete(':id')
  @AnswersNothing()
  @Refuses(409, LAST)
  async remove(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
  ) {
    const member = await workspace.members.find(id);
    if (member === undefined) throw new ProblemError('MEMBER_NOT_FOUND');
    mayGrant(principal, ROLE_PERMISSIONS[member.role]);
    refuse(await workspace.members.remove(id));
    this.changes.tell();
  }
}

function refuse(change: MemberChange): void {
  if (change === 'no-member') throw new ProblemError('MEMBER_NOT_FOUND');
  if (change === 'last-owner') throw new ProblemError('LAST_OWNER');
}
