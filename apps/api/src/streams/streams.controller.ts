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
  pageSchema,
  streamSchema,
  streamWithKeySchema,
} from '#contracts';
import type { ChangeStreamBody, CreateStreamBody } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { Answers, AnswersNothing } from '../web/answers.ts';
import { IfMatch, Tagged } from '../web/etag.ts';
import { ChangeStream } from './change-stream.use-case.ts';
import { CreateStream } from './create-stream.use-case.ts';
import { IngestAddresses } from './ingest-addresses.ts';
import {
  listedStreamSchema,
  ListStreams,
  listStreamsQuerySchema,
} from './list-streams.use-case.ts';
import type { ListStreamsQuery } from './list-streams.use-case.ts';
import { streamMissing } from './stream-missing.ts';
import { streamView } from './stream-view.ts';
import { RemoveStream } from './remove-stream.use-case.ts';

/** What a creator owns. Beside it: IngestKeysController and StreamLifeController. */
@ApiTags('streams')
@Controller('streams')
export class StreamsController {
  constructor(
    @Inject(IngestAddresses) private readonly addresses: IngestAddresses,
    @Inject(ListStreams) private readonly listStreams: ListStreams,
    @Inject(CreateStream) private readonly createStream: CreateStream,
    @Inject(ChangeStream) private readonly changeStream: ChangeStream,
    @Inject(RemoveStream) private readonly removeStream: RemoveStream,
  ) {}

  @Requires('streams:write')
  @Tagged()
  @Post()
  @Answers(201, streamWithKeySchema)
  async create(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Req() request: Request,
    @Body({ schema: createStreamBodySchema }) body: CreateStreamBody,
  ) {
    return this.createStream.run(workspace, body, await this.addresses.of(request));
  }

  /** Newest first, if asked for with what hangs on them. */
  @Requires('streams:read')
  @Get()
  @Answers(200, pageSchema(listedStreamSchema))
  async list(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Req() request: Request,
    @Query({ schema: listStreamsQuerySchema }) query: ListStreamsQuery,
  ) {
    return this.listStreams.run(workspace, query, await this.addresses.of(request));
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
    return streamView(record, await this.addresses.of(request));
  }

  @Requires('streams:write')
  @Tagged()
  @Patch(':id')
  @Answers(200, streamSchema)
  async change(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Req() request: Request,
    @Param('id') id: string,
    @Body({ schema: changeStreamBodySchema }) body: ChangeStreamBody,
    @IfMatch() version: number | undefined,
  ) {
    const address = await this.addresses.of(request);
    return this.changeStream.run(workspace, id, body, address, version);
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
}
