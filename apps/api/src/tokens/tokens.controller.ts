import { Body, Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cursorQuerySchema, pageSchema } from '#contracts';
import type { CursorQuery } from '#contracts';
import { apiTokenSchema, createApiTokenBodySchema, newApiTokenSchema } from '#control';
import type { CreateApiTokenBody } from '#control';
import type { WorkspaceDatabase } from '#persistence';
import { AccessChanges } from '../auth/access-changes.ts';
import { CurrentPrincipal, CurrentWorkspace } from '../auth/principal.ts';
import type { Principal } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { Answers, AnswersNothing, Refuses } from '../web/answers.ts';
import { apiTokenView } from './api-token-view.ts';
import { CreateApiToken } from './create-api-token.use-case.ts';

/** What automation asks with. */
@ApiTags('tokens')
@Controller('tokens')
export class TokensController {
  constructor(
    @Inject(CreateApiToken) private readonly createApiToken: CreateApiToken,
    @Inject(AccessChanges) private readonly changes: AccessChanges,
  ) {}

  /** The token is shown in this answer, and never again. */
  @Requires('tokens:manage')
  @Post()
  @Answers(201, newApiTokenSchema)
  @Refuses(403, { NOT_ALLOWED: 'A token cannot have scopes that its maker does not have: …' })
  create(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: createApiTokenBodySchema }) body: CreateApiTokenBody,
  ) {
    return this.createApiToken.run(workspace, principal, body);
  }

  @Requires('tokens:manage')
  @Get()
  @Answers(200, pageSchema(apiTokenSchema))
  async list(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Query({ schema: cursorQuerySchema }) query: CursorQuery,
  ) {
    const page = await workspace.tokens.page(query);
    return { ...page, items: page.items.map(apiTokenView) };
  }

  /** It stops working at once. */
  @Requires('tokens:manage')
  @Delete(':id')
  @AnswersNothing()
  async revoke(@CurrentWorkspace() workspace: WorkspaceDatabase, @Param('id') id: string) {
    const revoked = await workspace.tokens.revoke(id);
    if (revoked === undefined) throw new ProblemError('TOKEN_NOT_FOUND');
    this.changes.tell();
  }
}
