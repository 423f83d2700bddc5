import {
  Body,
  Controller,
  Delete,
  Get,
  Inject,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { cursorQuerySchema, pageSchema } from '#contracts';
import type { CursorQuery } from '#contracts';
import {
  changeMemberBodySchema,
  changeWorkspaceBodySchema,
  createWorkspaceBodySchema,
  memberSchema,
  quotaSchema,
  workspaceSchema,
} from '#control';
import type { ChangeMemberBody, ChangeWorkspaceBody, CreateWorkspaceBody, Quota } from '#control';
import { Database } from '#persistence';
import type { WorkspaceRecord } from '#persistence';
import { CurrentPrincipal } from '../auth/principal.ts';
import type { Principal } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { Answers, AnswersNothing, Refuses } from '../web/answers.ts';
import { IfMatch, Tagged } from '../web/etag.ts';
import { definedOf } from '../web/defined-of.ts';
import { JoinWorkspace } from './join-workspace.use-case.ts';
import { RemoveWorkspace } from './remove-workspace.use-case.ts';
import { workspaceView } from './workspace-view.ts';

/** All workspaces, for those who are above the instance. One's own: OwnWorkspaceController. */
@ApiTags('workspaces')
@Controller('workspaces')
export class WorkspacesController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(JoinWorkspace) private readonly joinWorkspace: JoinWorkspace,
    @Inject(RemoveWorkspace) private readonly removeWorkspace: RemoveWorkspace,
  ) {}

  @Requires('instance:manage')
  @Get()
  @Answers(200, pageSchema(workspaceSchema))
  async list(@Query({ schema: cursorQuerySchema }) query: CursorQuery) {
    const page = await this.database.system.workspaces.page(query);
    return { ...page, items: page.items.map(workspaceView) };
  }

  /** Whoever makes it owns it. The bootstrap token makes one that nobody owns yet: invite. */
  @Requires('instance:manage')
  @Tagged()
  @Post()
  @Answers(201, workspaceSchema)
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: createWorkspaceBodySchema }) body: CreateWorkspaceBody,
  ) {
    const record = await this.database.system.workspaces.create({
      name: body.name,
      quota: definedOf(body.quota ?? {}),
      ownerId: principal.kind === 'user' ? principal.user.id : null,
    });
    return workspaceView(record);
  }

  @Requires('instance:manage')
  @Tagged()
  @Get(':id')
  @Answers(200, workspaceSchema)
  async read(@Param('id') id: string) {
    return viewOrMissing(await this.database.system.workspaces.find(id));
  }

  @Requires('instance:manage')
  @Tagged()
  @Patch(':id')
  @Answers(200, workspaceSchema)
  async change(
    @Param('id') id: string,
    @Body({ schema: changeWorkspaceBodySchema }) { name }: ChangeWorkspaceBody,
    @IfMatch() version: number | undefined,
  ) {
    return viewOrMissing(await this.database.system.workspaces.change(id, { name }, version));
  }

  /**
   * Makes the caller a member. Whoever is above the instance sees into a workspace in no other way,
   * and its audit tells of it.
   */
  @Requires('instance:manage')
  @Post(':id/join')
  @Answers(201, memberSchema)
  @Refuses(409, { MEMBER_EXISTS: 'They are a member already.' })
  join(
    @CurrentPrincipal() principal: Principal,
    @Req() request: Request,
    @Param('id') id: string,
    @Body({ schema: changeMemberBodySchema }) { role }: ChangeMemberBody,
  ) {
    return this.joinWorkspace.run(principal, request, id, role);
  }

  /** What there is beyond a new quota stays. Null: none. */
  @Requires('instance:manage')
  @Tagged()
  @Put(':id/quota')
  @Answers(200, workspaceSchema)
  async putQuota(@Param('id') id: string, @Body({ schema: quotaSchema }) quota: Quota) {
    return viewOrMissing(await this.database.system.workspaces.change(id, quota));
  }

  /** Its keys stop working. Refused while a stream of it is live. */
  @Requires('instance:manage')
  @Delete(':id')
  @AnswersNothing()
  @Refuses(409, { WORKSPACE_LIVE: 'A stream of this workspace is live; end it first.' })
  remove(@Param('id') id: string) {
    return this.removeWorkspace.run(id);
  }
}

function viewOrMissing(record: WorkspaceRecord | undefined) {
  if (record === undefined) throw new ProblemError('WORKSPACE_NOT_FOUND');
  return workspaceView(record);
}
