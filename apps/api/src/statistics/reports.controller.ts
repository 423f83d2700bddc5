import { Readable } from 'node:stream';
import { Controller, Get, Header, Inject, Param, Req, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import type { Clock } from '#kernel';
import type { BroadcastRecord, WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { broadcastItem, eventView } from '../broadcasts/broadcast-view.ts';
import { findBroadcast } from '../broadcasts/find-broadcast.ts';
import { CLOCK } from '../infrastructure/tokens.ts';
import { answerSchema } from '../openapi/schemas.ts';
import { Refuses } from '../web/answers.ts';
import { broadcastExport, broadcastExportSchema } from './broadcast-export.ts';
import { broadcastReport } from './report-document.ts';
import type { ReportFacts } from './report-document.ts';
import { reportAsHtml, reportAsMarkdown } from './report-text.ts';

/** Lines of the timeline that a report shows: more than anybody reads. */
const REPORT_EVENTS_MAX = 1_000;
const NONE = { BROADCAST_NOT_FOUND: 'There is no such broadcast.' };
const text = { schema: { type: 'string' } } as const;

/** What happened in a broadcast, to take away. */
@ApiTags('broadcasts')
@Controller('broadcasts/:id')
export class ReportsController {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Everything that is kept of the broadcast, in one file. */
  @Requires('history:read')
  @Get('export')
  @ApiProduces('application/json')
  @ApiResponse({ status: 200, schema: answerSchema(broadcastExportSchema) })
  @Refuses(404, NONE)
  async export(@CurrentWorkspace() workspace: WorkspaceDatabase, @Param('id') id: string) {
    const broadcast = await findBroadcast(workspace, id);
    const pieces = broadcastExport(workspace, broadcast, this.clock.wallMs());
    return new StreamableFile(Readable.from(pieces, { objectMode: false }), {
      type: 'application/json; charset=utf-8',
      disposition: `attachment; filename="broadcast-${broadcast.id}.json"`,
    });
  }

  /** The same for people: as HTML where `Accept` asks for that, else as Markdown. */
  @Requires('history:read')
  @Get('report')
  @Header('Vary', 'Accept')
  @ApiProduces('text/markdown', 'text/html')
  @ApiResponse({ status: 200, content: { 'text/markdown': text, 'text/html': text } })
  @Refuses(404, NONE)
  async report(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Req() request: Request,
    @Param('id') id: string,
  ) {
    const broadcast = await findBroadcast(workspace, id);
    const blocks = broadcastReport(await this.#facts(workspace, broadcast));
    const isHtml = request.accepts(['text/markdown', 'text/html']) === 'text/html';
    const report = isHtml ? reportAsHtml(blocks) : reportAsMarkdown(blocks);
    return new StreamableFile(Buffer.from(report), {
      type: `${isHtml ? 'text/html' : 'text/markdown'}; charset=utf-8`,
      disposition: `inline; filename="broadcast-${broadcast.id}.${isHtml ? 'html' : 'md'}"`,
    });
  }

  async #facts(workspace: WorkspaceDatabase, broadcast: BroadcastRecord): Promise<ReportFacts> {
    const { id } = broadcast;
    const nowMs = this.clock.wallMs();
    const outcomes = await workspace.broadcasts.outcomes([id], new Date(nowMs));
    const page = await workspace.broadcasts.events(id, { limit: REPORT_EVENTS_MAX });
    return {
      broadcast: broadcastItem(broadcast, outcomes.get(id)),
      attempts: await workspace.broadcasts.attemptTotals(id),
      statistics: await workspace.statistics.totals(id),
      events: page.items.map(eventView),
      isCut: page.nextCursor !== null,
      nowMs,
    };
  }
}
