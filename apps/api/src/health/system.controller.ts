import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '../auth/requires.ts';
import { Answers } from '../web/answers.ts';
import { ReadSystem } from './read-system.use-case.ts';
import { systemSchema } from './system-view.ts';

/** How the instance is, for those who are above it. */
@ApiTags('instance')
@Controller('system')
export class SystemController {
  constructor(@Inject(ReadSystem) private readonly readSystem: ReadSystem) {}

  /**
   * Postgres, Redis, queues, mail and certificates. What does not answer within a second is said to
   * be away, and the answer is 200 all the same.
   */
  @Requires('instance:manage')
  @Get()
  @Answers(200, systemSchema)
  read() {
    return this.readSystem.run();
  }
}
