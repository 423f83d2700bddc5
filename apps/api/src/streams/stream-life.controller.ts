import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { endBodySchema, streamStatusSchema, switchInputBodySchema } from '#contracts';
import type { EndBody, SwitchInputBody } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { Answers, Refuses } from '../web/answers.ts';
import { EndBroadcast } from './end-broadcast.use-case.ts';
import { ReadStreamStatus } from './read-stream-status.use-case.ts';
import { statusExample } from './status-example.ts';
import { SwitchInput } from './switch-input.use-case.ts';

/** What is live of a stream. */
@ApiTags('streams')
@Controller('streams/:id')
export class StreamLifeController {
  constructor(
    @Inject(ReadStreamStatus) private readonly readStatus: ReadStreamStatus,
    @Inject(EndBroadcast) private readonly endBroadcast: EndBroadcast,
    @Inject(SwitchInput) private readonly switchInput: SwitchInput,
  ) {}

  @Requires('streams:read')
  @Get('status')
  @Answers(200, streamStatusSchema, statusExample)
  status(@CurrentWorkspace() workspace: WorkspaceDatabase, @Param('id') id: string) {
    return this.readStatus.run(workspace, id);
  }

  /** Answers with the picture at this moment: the relay needs a little while to end cleanly. */
  @Requires('live:control')
  @Post('end')
  @Answers(202, streamStatusSchema, statusExample)
  @Refuses(409, { STREAM_NOT_LIVE: 'The stream is not live.' })
  async end(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Body({ schema: endBodySchema.prefault({}) }) { cut }: EndBody,
  ) {
    await this.endBroadcast.run(workspace, id, cut);
    return this.readStatus.run(workspace, id);
  }

  /** Answers with the picture at this moment: the switch waits for that input's next keyframe. */
  @Requires('live:control')
  @Post('switch-input')
  @Answers(202, streamStatusSchema, statusExample)
  @Refuses(409, {
    STREAM_NOT_LIVE: 'The stream is not live.',
    INPUT_NOT_THERE: 'No encoder publishes to the backup input.',
    INPUT_FROZEN: 'The encoder at the backup input is connected but sends no picture.',
  })
  switch(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Body({ schema: switchInputBodySchema.prefault({}) }) { to }: SwitchInputBody,
  ) {
    return this.switchInput.run(workspace, id, to);
  }
}
