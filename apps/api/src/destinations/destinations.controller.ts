import { Body, Controller, Delete, Get, Inject, Param, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { changeDestinationBodySchema, destinationSchema } from '#contracts';
import type { ChangeDestinationBody } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { Answers, AnswersNothing, Refuses } from '../web/answers.ts';
import { IfMatch, Tagged } from '../web/etag.ts';
import { ChangeDestination } from './change-destination.use-case.ts';
import { DESTINATION_REFUSALS } from './destination-refusals.ts';
import { destinationMissing } from './destination-missing.ts';
import { destinationView, savedDestinationSchema } from './destination-view.ts';
import { RemoveDestination } from './remove-destination.use-case.ts';

/** One destination, by its own id. What can be done with it: DestinationActionsController. */
@ApiTags('destinations')
@Controller('destinations/:id')
export class DestinationsController {
  constructor(
    @Inject(ChangeDestination) private readonly changeDestination: ChangeDestination,
    @Inject(RemoveDestination) private readonly removeDestination: RemoveDestination,
  ) {}

  @Requires('streams:read')
  @Tagged()
  @Get()
  @Answers(200, destinationSchema)
  async read(@CurrentWorkspace() workspace: WorkspaceDatabase, @Param('id') id: string) {
    const record = await workspace.destinations.find(id);
    if (record === undefined) throw destinationMissing();
    return destinationView(record);
  }

  @Requires('destinations:write')
  @Tagged()
  @Patch()
  @Answers(200, savedDestinationSchema)
  @Refuses(422, DESTINATION_REFUSALS)
  change(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Body({ schema: changeDestinationBodySchema }) body: ChangeDestinationBody,
    @IfMatch() version: number | undefined,
  ) {
    return this.changeDestination.run(workspace, id, body, version);
  }

  @Requires('destinations:write')
  @Delete()
  @AnswersNothing()
  remove(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @IfMatch() version: number | undefined,
  ) {
    return this.removeDestination.run(workspace, id, version);
  }
}
