import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { destinationMissing } from '../destinations/destination-missing.ts';
import { Refuses } from '../web/answers.ts';
import { FLV_CONTENT, showFlv } from './flv-answer.ts';
import { PreviewSource } from './preview-source.ts';

/** What a test destination is sent, to be looked at. */
@ApiTags('destinations')
@Controller('destinations/:id/preview')
export class PreviewController {
  constructor(@Inject(PreviewSource) private readonly source: PreviewSource) {}

  /**
   * A live stream as FLV over HTTP, from the newest keyframe on: for a player in a page, ten
   * minutes at most. Only destinations of the platform `test` have one.
   */
  @Requires('destinations:test')
  @Get()
  @ApiProduces('video/x-flv')
  @ApiResponse({ status: 200, content: FLV_CONTENT })
  @Refuses(409, {
    PREVIEW_NOT_LIVE: 'Nothing is sent there now, so nothing can be seen.',
    PREVIEW_BUSY: 'Others watch this preview; close one of theirs first.',
    PREVIEW_KEY_DIFFERS:
      'The relay has another master key than the API; restart whichever has the old one.',
  })
  async read(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Res() response: Response,
  ): Promise<void> {
    const record = await workspace.destinations.find(id);
    if (record === undefined) throw destinationMissing();
    const media = await this.source.open(record.streamId, id);
    showFlv(media, response);
  }
}
