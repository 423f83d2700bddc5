import { Body, Controller, Get, Inject, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { changeWorkspaceBodySchema, usageSchema, workspaceSchema } from '#control';
import type { ChangeWorkspaceBody } from '#control';
import { Database } from '#persistence';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { ReadUsage } from '../quotas/read-usage.use-case.ts';
import { Answers } from '../web/answers.ts';
import { IfMatch, Tagged } from '../web/etag.ts';
import { workspaceView } from './workspace-view.ts';

/** The workspace that a request is about. */
@ApiTags('workspaces')
@Controller('workspace')
export class OwnWorkspaceController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ReadUsage) private readonly readUsage: ReadUsage,
  ) {}

  @Requires('streams:read')
  @Tagged()
  @Get()
  @Answers(200, workspaceSchema)
  async read(@CurrentWorkspace() { id }: WorkspaceDatabase) {
    const record = await this.database.system.workspaces.find(id);
    if (record === undefined) throw new ProblemError('WORKSPACE_NOT_FOUND');
    return workspaceView(record);
  }

  /** Its name; quotas are set by those who are above the instance. */
  @Requires('workspace:manage')
  @Tagged()
  @Patch()
  @Answers(200, workspaceSchema)
  async change(
    @CurrentWorkspace() { id }: WorkspaceDatabase,
    @Body({ schema: changeWorkspaceBodySchema }) { name }: ChangeWorkspaceBody,
    @IfMatch() version: number | undefined,
  ) {
    const record = await this.database.system.workspaces.change(id, { name }, version);
    if (record === undefined) throw new ProblemError('WORKSPACE_NOT_FOUND');
    return workspaceView(record);
  }

  /** What is used of the quotas, this month. For those who go live, too. */
  @Requires('live:control')
  @Get('usage')
  @Answers(200, usageSchema)
  usage(@CurrentWorkspace() workspace: WorkspaceDatabase) {
    return this.readUsage.run(workspace);
  }
}
