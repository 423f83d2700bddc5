import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  createDestinationBodySchema,
  cursorQuerySchema,
  destinationSchema,
  pageSchema,
} from '#contracts';
import type { CreateDestinationBody, CursorQuery } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { streamMissing } from '../streams/stream-missing.ts';
import { Answers, Refuses } from '../web/answers.ts';
import { Tagged } from '../web/etag.ts';
import { AddDestination } from './add-destination.use-case.ts';
import { DESTINATION_REFUSALS } from './destination-refusals.ts';
import { destinationView, savedDestinationSchema } from './destination-view.ts';

/** The destinations of one stream. */
@ApiTags('destinations')
@Controller('streams/:id/destinations')
export class StreamDestinationsController {
  constructor(@Inject(AddDestination) private readonly addDestination: AddDestination) {}

  @Requires('destinations:write')
  @Tagged()
  @Post()
  @Answers(201, savedDestinationSchema)
  @Refuses(422, DESTINATION_REFUSALS)
  add(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') streamId: string,
    @Body({ schema: createDestinationBodySchema }) body: CreateDestinationBody,
  ) {
    return this.addDestination.run(workspace, streamId, body);
  }

  @Requires('streams:read')
  @Get()
  @Answers(200, pageSchema(destinationSchema))
  async list(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') streamId: string,
    @Query({ schema: cursorQuerySchema }) query: CursorQuery,
  ) {
    if ((await workspace.streams.find(streamId)) === undefined) throw streamMissing();
    const page = await workspace.destinations.page(streamId, query);
    return { ...page, items: page.items.map(destinationView) };
  }
}
