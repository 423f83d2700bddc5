import {
  Body,
  Controller,
  Delete,
  Get,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Req,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import {
  changeStreamBodySchema,
  createStreamBodySchema,
  cursorQuerySchema,
  pageSchema,
  streamSchema,
  streamWithKeySchema,
} from '#contracts';
import type { ChangeStreamBody, CreateStreamBody, CursorQuery } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import type { ApiEnvironment } from '../env.ts';
import { ENVIRONMENT } from '../infrastructure/tokens.ts';
import { Answers, AnswersNothing } from '../web/answers.ts';
import { IfMatch, Tagged } from '../web/etag.ts';
import { ChangeStream } from './change-stream.use-case.ts';
import { CreateStream } from './create-stream.use-case.ts';
import { ingestUrlsFor } from './ingest-urls.ts';
import { streamMissing } from './stream-missing.ts';
import { streamView } from './stream-view.ts';
import { RemoveStream } from './remove-stream.use-case.ts';

/** What a creator owns. Beside it: IngestKeysController and StreamLifeController. */
@ApiTags('streams')
@Controller('streams')
export class StreamsController {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: ApiEnvironment,
    @Inject(CreateStream) private readonly createStream: CreateStream,
    @Inject(ChangeStream) private readonly changeStream: ChangeStream,
    @Inject(RemoveStream) private readonly removeStream: RemoveStream,
  ) {}

  @Requires('streams:write')
  @Tagged()
  @Post()
  @Answers(201, streamWithKeySchema)
  create(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Req() request: Request,
    @Body({ schema: createStreamBodySchema }) body: CreateStreamBody,
  ) {
    return this.createStream.run(workspace, body, this.urlsFor(request));
  }

  @Requires('streams:read')
  @Get()
  @Answers(200, pageSchema(streamSchema))
  async list(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Req() request: Request,
    @Query({ schema: cursorQuerySchema }) query: CursorQuery,
  ) {
    const page = await workspace.streams.page(query);
    const urls = this.urlsFor(request);
    return { ...page, items: page.items.map((record) => streamView(record, urls)) };
  }

  @Requires('streams:read')
  @Tagged()
  @Get(':id')
  @Answers(200, streamSchema)
  async read(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Req() request: Request,
    @Param('id') id: string,
  ) {
    const record = await workspace.streams.find(id);
    if (record === undefined) throw streamMissing();
    return streamView(record, this.urlsFor(request));
  }

  @Requires('streams:write')
  @Tagged()
  @Patch(':id')
  @Answers(200, streamSchema)
  change(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Req() request: Request,
    @Param('id') id: string,
    @Body({ schema: changeStreamBodySchema }) body: ChangeStreamBody,
    @IfMatch() version: number | undefined,
  ) {
    return this.changeStream.run(workspace, id, body, this.urlsFor(request), version);
  }

  @Requires('streams:write')
  @Delete(':id')
  @AnswersNothing()
  remove(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @IfMatch() version: number | undefined,
  ) {
    return this.removeStream.run(workspace, id, version);
  }

  private urlsFor(request: Request) {
    return ingestUrlsFor(request, this.environment);
  }
}
