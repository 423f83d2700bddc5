import { Body, Controller, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { destinationSchema, endBodySchema, preflightResultSchema } from '#contracts';
import type { EndBody } from '#contracts';
import { Requires } from '../auth/requires.ts';
import { IdempotencyInterceptor } from '../idempotency/idempotency.interceptor.ts';
import { Answers } from '../web/answers.ts';
import { RetryDestination } from './retry-destination.use-case.ts';
import { SwitchDestination } from './switch-destination.use-case.ts';
import { TestDestination } from './test-destination.use-case.ts';

/** What can be done with a destination. */
@ApiTags('destinations')
@Controller('destinations/:id')
@UseInterceptors(IdempotencyInterceptor)
export class DestinationActionsController {
  constructor(
    @Inject(SwitchDestination) private readonly switchDestination: SwitchDestination,
    @Inject(RetryDestination) private readonly retryDestination: RetryDestination,
    @Inject(TestDestination) private readonly testDestination: TestDestination,
  ) {}

  @Requires('live:control')
  @Post('start')
  @Answers(200, destinationSchema)
  start(@Param('id') id: string) {
    return this.switchDestination.start(id);
  }

  @Requires('live:control')
  @Post('stop')
  @Answers(200, destinationSchema)
  stop(@Param('id') id: string, @Body({ schema: endBodySchema.prefault({}) }) { cut }: EndBody) {
    return this.switchDestination.stop(id, cut);
  }

  @Requires('live:control')
  @Post('retry')
  @Answers(202, destinationSchema)
  retry(@Param('id') id: string) {
    return this.retryDestination.run(id);
  }

  @Requires('destinations:test')
  @Post('test')
  @Answers(200, preflightResultSchema)
  test(@Param('id') id: string) {
    return this.testDestination.run(id);
  }
}
