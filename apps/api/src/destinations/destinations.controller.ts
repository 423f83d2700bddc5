import { Body, Controller, Delete, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import { UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { changeDestinationBodySchema, destinationSchema, preflightResultSchema } from '#contracts';
import type { ChangeDestinationBody } from '#contracts';
import { Database } from '#persistence';
import { IdempotencyInterceptor } from '../idempotency/idempotency.interceptor.ts';
import { Answers, AnswersNothing } from '../web/answers.ts';
import { ChangeDestination } from './change-destination.use-case.ts';
import { destinationMissing } from './destination-missing.ts';
import { destinationView } from './destination-view.ts';
import { RemoveDestination } from './remove-destination.use-case.ts';
import { RetryDestination } from './retry-destination.use-case.ts';
import { SwitchDestination } from './switch-destination.use-case.ts';
import { TestDestination } from './test-destination.use-case.ts';

/** One destination, by its own id. */
@ApiTags('destinations')
@Controller('destinations/:id')
@UseInterceptors(IdempotencyInterceptor)
export class DestinationsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ChangeDestination) private readonly changeDestination: ChangeDestination,
    @Inject(RemoveDestination) private readonly removeDestination: RemoveDestination,
    @Inject(SwitchDestination) private readonly switchDestination: SwitchDestination,
    @Inject(RetryDestination) private readonly retryDestination: RetryDestination,
    @Inject(TestDestination) private readonly testDestination: TestDestination,
  ) {}

  @Get()
  @Answers(200, destinationSchema)
  async read(@Param('id') id: string) {
    const record = await this.database.destinations.find(id);
    if (record === undefined) throw destinationMissing();
    return destinationView(record);
  }

  @Patch()
  @Answers(200, destinationSchema)
  change(
    @Param('id') id: string,
    @Body({ schema: changeDestinationBodySchema }) body: ChangeDestinationBody,
  ) {
    return this.changeDestination.run(id, body);
  }

  @Delete()
  @AnswersNothing()
  remove(@Param('id') id: string) {
    return this.removeDestination.run(id);
  }

  @Post('start')
  @Answers(200, destinationSchema)
  start(@Param('id') id: string) {
    return this.switchDestination.start(id);
  }

  @Post('stop')
  @Answers(200, destinationSchema)
  stop(@Param('id') id: string) {
    return this.switchDestination.stop(id);
  }

  @Post('retry')
  @Answers(202, destinationSchema)
  retry(@Param('id') id: string) {
    return this.retryDestination.run(id);
  }

  @Post('test')
  @Answers(200, preflightResultSchema)
  test(@Param('id') id: string) {
    return this.testDestination.run(id);
  }
}
