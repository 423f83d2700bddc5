import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { statisticsAnswerSchema } from '#control';
import type { Clock } from '#kernel';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { findBroadcast } from '../broadcasts/find-broadcast.ts';
import { CLOCK } from '../infrastructure/tokens.ts';
import { Answers, Refuses } from '../web/answers.ts';
import { statisticsQueryOf, statisticsQuerySchema } from './statistics-query.ts';
import type { StatisticsAsked } from './statistics-query.ts';
import { readStatistics } from './statistics-view.ts';

/** What broadcasts were like. */
@ApiTags('broadcasts')
@Controller('broadcasts/:id/statistics')
export class StatisticsController {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Bitrate, lag, drops and reconnects of the encoder and of each destination. At most 1,000 points
   * of each: `to` says up to where. Seconds are kept for 2 hours, tens of seconds for a day; older
   * ones are given coarser than asked for, which `resolution` says.
   */
  @Requires('history:read')
  @Get()
  @Answers(200, statisticsAnswerSchema)
  @Refuses(404, { BROADCAST_NOT_FOUND: 'There is no such broadcast.' })
  async read(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Query({ schema: statisticsQuerySchema }) asked: StatisticsAsked,
  ) {
    const broadcast = await findBroadcast(workspace, id);
    const query = statisticsQueryOf(asked, broadcast, this.clock.wallMs());
    return readStatistics(workspace, id, query);
  }
}
