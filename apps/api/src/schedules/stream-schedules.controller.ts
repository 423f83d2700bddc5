import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cursorQuerySchema, pageSchema } from '#contracts';
import type { CursorQuery } from '#contracts';
import { createScheduleBodySchema, scheduleSchema } from '#control';
import type { CreateScheduleBody } from '#control';
import type { Clock } from '#kernel';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { CLOCK } from '../infrastructure/tokens.ts';
import { streamMissing } from '../streams/stream-missing.ts';
import { Answers, Refuses } from '../web/answers.ts';
import { Tagged } from '../web/etag.ts';
import { CreateSchedule } from './create-schedule.use-case.ts';
import { SCHEDULE_REFUSALS } from './schedule-refusals.ts';
import { scheduleView } from './schedule-view.ts';

/** The schedules of one stream. */
@ApiTags('schedules')
@Controller('streams/:id/schedules')
export class StreamSchedulesController {
  constructor(
    @Inject(CreateSchedule) private readonly createSchedule: CreateSchedule,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A window at a local time, once or every week, in which destinations start and stop. */
  @Requires('schedules:write')
  @Post()
  @Tagged()
  @Answers(201, scheduleSchema)
  @Refuses(422, SCHEDULE_REFUSALS)
  create(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') streamId: string,
    @Body({ schema: createScheduleBodySchema }) body: CreateScheduleBody,
  ) {
    return this.createSchedule.run(workspace, streamId, body);
  }

  @Requires('streams:read')
  @Get()
  @Answers(200, pageSchema(scheduleSchema))
  async list(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') streamId: string,
    @Query({ schema: cursorQuerySchema }) query: CursorQuery,
  ) {
    if ((await workspace.streams.find(streamId)) === undefined) throw streamMissing();
    const page = await workspace.schedules.page(streamId, query);
    const nowMs = this.clock.wallMs();
    return { ...page, items: page.items.map((record) => scheduleView(record, nowMs)) };
  }
}
