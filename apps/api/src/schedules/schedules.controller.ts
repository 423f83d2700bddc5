import { Body, Controller, Delete, Get, Inject, Param, Patch } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { scheduleSchema } from '#control';
import type { Clock } from '#kernel';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { CLOCK } from '../infrastructure/tokens.ts';
import { Answers, AnswersNothing, Refuses } from '../web/answers.ts';
import { IfMatch, Tagged } from '../web/etag.ts';
import { ChangeSchedule } from './change-schedule.use-case.ts';
import { changeScheduleBodySchema } from './schedule-bodies.ts';
import type { ChangeScheduleBody } from './schedule-bodies.ts';
import { SCHEDULE_REFUSALS, scheduleMissing, scheduleOf } from './schedule-refusals.ts';
import { scheduleView } from './schedule-view.ts';

/** One schedule, by its own id. */
@ApiTags('schedules')
@Controller('schedules/:id')
export class SchedulesController {
  constructor(
    @Inject(ChangeSchedule) private readonly changeSchedule: ChangeSchedule,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Requires('streams:read')
  @Get()
  @Tagged()
  @Answers(200, scheduleSchema)
  async read(@CurrentWorkspace() workspace: WorkspaceDatabase, @Param('id') id: string) {
    return scheduleView(await scheduleOf(workspace, id), this.clock.wallMs());
  }

  @Requires('schedules:write')
  @Patch()
  @Tagged()
  @Answers(200, scheduleSchema)
  @Refuses(422, SCHEDULE_REFUSALS)
  change(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Body({ schema: changeScheduleBodySchema }) body: ChangeScheduleBody,
    @IfMatch() version: number | undefined,
  ) {
    return this.changeSchedule.run(workspace, id, body, version);
  }

  @Requires('schedules:write')
  @Delete()
  @AnswersNothing()
  async remove(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @IfMatch() version: number | undefined,
  ) {
    const removed = await workspace.schedules.remove(id, new Date(this.clock.wallMs()), version);
    if (!removed) throw scheduleMissing();
  }
}
