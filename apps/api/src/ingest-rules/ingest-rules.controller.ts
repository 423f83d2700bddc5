import { Body, Controller, Delete, Get, Inject, Param, Post, Put, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import type { ApiEnvironment } from '../env.ts';
import { ENVIRONMENT } from '../infrastructure/tokens.ts';
import { ingestUrlsFor } from '../streams/ingest-urls.ts';
import { streamMissing } from '../streams/stream-missing.ts';
import { Answers, AnswersNothing } from '../web/answers.ts';
import { ChangeIngestRules } from './change-ingest-rules.use-case.ts';
import {
  changedIngestRulesSchema,
  changeIngestRulesBodySchema,
  createPublishUrlBodySchema,
  ingestRulesSchema,
  publishUrlSchema,
} from './ingest-rules-bodies.ts';
import type { ChangeIngestRulesBody, CreatePublishUrlBody } from './ingest-rules-bodies.ts';
import { ingestRulesView } from './ingest-rules-view.ts';
import { PublishUrls } from './publish-urls.use-case.ts';

/** Who may publish to a stream, beside its keys. */
@ApiTags('streams')
@Controller('streams/:id')
export class IngestRulesController {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: ApiEnvironment,
    @Inject(ChangeIngestRules) private readonly changeRules: ChangeIngestRules,
    @Inject(PublishUrls) private readonly publishUrls: PublishUrls,
  ) {}

  @Requires('streams:read')
  @Get('ingest-rules')
  @Answers(200, ingestRulesSchema)
  async read(@CurrentWorkspace() workspace: WorkspaceDatabase, @Param('id') id: string) {
    const record = await workspace.ingestRules.find(id);
    if (record === undefined) throw streamMissing();
    return ingestRulesView(record);
  }

  /** What is left out stays as it is. */
  @Requires('keys:manage')
  @Put('ingest-rules')
  @Answers(200, changedIngestRulesSchema)
  change(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Body({ schema: changeIngestRulesBodySchema }) body: ChangeIngestRulesBody,
  ) {
    return this.changeRules.run(workspace, id, body);
  }

  /** Makes a stream key that works once, or until a time; for somebody who is a guest. */
  @Requires('keys:manage')
  @Post('publish-urls')
  @Answers(201, publishUrlSchema)
  createUrl(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Req() request: Request,
    @Param('id') id: string,
    @Body({ schema: createPublishUrlBodySchema.prefault({}) }) body: CreatePublishUrlBody,
  ) {
    const urls = ingestUrlsFor(request, this.environment);
    return this.publishUrls.create(workspace, id, body, urls);
  }

  /** Revokes every publish URL of the stream; an encoder that came by one is ended. */
  @Requires('keys:manage')
  @Delete('publish-urls')
  @AnswersNothing()
  revokeUrls(@CurrentWorkspace() workspace: WorkspaceDatabase, @Param('id') id: string) {
    return this.publishUrls.revokeAll(workspace, id);
  }
}
