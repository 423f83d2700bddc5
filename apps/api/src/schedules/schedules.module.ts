import { Module } from '@nestjs/common';
import { ChangeSchedule } from './change-schedule.use-case.ts';
import { CreateSchedule } from './create-schedule.use-case.ts';
import { SchedulesController } from './schedules.controller.ts';
import { StreamSchedulesController } from './stream-schedules.controller.ts';

/** What begins and ends by the clock. */
@Module({
  controllers: [StreamSchedulesController, SchedulesController],
  providers: [ChangeSchedule, CreateSchedule],
})
export class SchedulesModule {}
