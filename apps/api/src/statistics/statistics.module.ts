import { Module } from '@nestjs/common';
import { ReportsController } from './reports.controller.ts';
import { StatisticsController } from './statistics.controller.ts';

/** What broadcasts were like: figures, reports, exports. */
@Module({ controllers: [StatisticsController, ReportsController] })
export class StatisticsModule {}
