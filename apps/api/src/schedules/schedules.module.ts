import { Module } from '@nestjs/common';

/** What begins and ends by the clock. */
@Module({})
export class SchedulesModule {}
