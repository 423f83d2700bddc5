import { Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { streamStatusSchema } from '#contracts';
import { Answers } from '../web/answers.ts';
import { EndBroadcast } from './end-broadcast.use-case.ts';
import { ReadStreamStatus } from './read-stream-status.use-case.ts';

/** What is live of a stream. */
@ApiTags('streams')
@Controller('streams/:id')
export class StreamLifeController {
  constructor(
    @Inject(ReadStreamStatus) private readonly readStatus: ReadStreamStatus,
    @Inject(EndBroadcast) private readonly endBroadcast: EndBroadcast,
  ) {}

  @Get('status')
  @Answers(200, streamStatusSchema)
  status(@Param('id') id: string) {
    return this.readStatus.run(id);
  }

  /** Answers with the picture at this moment: the relay needs a little while to end cleanly. */
  @Post('end')
  @Answers(202, streamStatusSchema)
  async end(@Param('id') id: string) {
    await this.endBroadcast.run(id);
    return this.readStatus.run(id);
  }
}
