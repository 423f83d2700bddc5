import { Module } from '@nestjs/common';

/** What broadcasts were like: figures, reports, exports. */
@Module({})
export class StatisticsModule {}
