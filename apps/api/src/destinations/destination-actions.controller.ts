import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { destinationSchema, endBodySchema, preflightResultSchema } from '#contracts';
import type { EndBody } from '#contracts';
import { testDestinationBodySchema } from '#control';
import type { TestDestinationBody } from '#control';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { Answers } from '../web/answers.ts';
import { RetryDestination } from './retry-destination.use-case.ts';
import { SwitchDestination } from './switch-destination.use-case.ts';
import { TestDestination } from './test-destination.use-case.ts';

/** What can be done with a destination. */
@ApiTags('destinations')
@Controller('destinations/:id')
export class DestinationActionsController {
  constructor(
    @Inject(SwitchDestination) private readonly switchDestination: SwitchDestination,
    @Inject(RetryDestination) private readonly retryDestination: RetryDestination,
    @Inject(TestDestination) private readonly testDestination: TestDestination,
  ) {}

  @Requires('live:control')
  @Post('start')
  @Answers(200, destinationSchema)
  start(@CurrentWorkspace() workspace: WorkspaceDatabase, @Param('id') id: string) {
    return this.switchDestination.start(workspace, id);
  }

  @Requires('live:control')
  @Post('stop')
  @Answers(200, destinationSchema)
  stop(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Body({ schema: endBodySchema.prefault({}) }) { cut }: EndBody,
  ) {
    return this.switchDestination.stop(workspace, id, cut);
  }

  @Requires('live:control')
  @Post('retry')
  @Answers(202, destinationSchema)
  retry(@CurrentWorkspace() workspace: WorkspaceDatabase, @Param('id') id: string) {
    return this.retryDestination.run(workspace, id);
  }

  @Requires('destinations:test')
  @Post('test')
  @Answers(200, preflightResultSchema)
  test(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Body({ schema: testDestinationBodySchema.prefault({}) }) { publish }: TestDestinationBody,
  ) {
    return this.testDestination.run(workspace, id, publish);
  }
}
