import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { streamMissing } from '../streams/stream-missing.ts';
import { Refuses } from '../web/answers.ts';
import { FLV_CONTENT, showFlv } from './flv-answer.ts';
import { PreviewSource } from './preview-source.ts';

/** What goes out of a stream, to be looked at before viewers see it. */
@ApiTags('streams')
@Controller('streams/:id/preview')
export class StreamPreviewController {
  constructor(@Inject(PreviewSource) private readonly source: PreviewSource) {}

  /**
   * A live stream as FLV over HTTP, from the newest keyframe on: for a player in a page, ten
   * minutes at most. It is what destinations without a delay are sent, with the picture that stands
   * in while the encoder is away.
   */
  @Requires('live:control')
  @Get()
  @ApiProduces('video/x-flv')
  @ApiResponse({ status: 200, content: FLV_CONTENT })
  @Refuses(409, {
    PREVIEW_NOT_LIVE: 'The stream sends nothing now, so nothing can be seen.',
    PREVIEW_BUSY: 'Others watch this preview; close one of theirs first.',
    PREVIEW_KEY_DIFFERS:
      'The relay has another master key than the API; restart whichever has the old one.',
  })
  async read(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Res() response: Response,
  ): Promise<void> {
    if ((await workspace.streams.find(id)) === undefined) throw streamMissing();
    showFlv(await this.source.open(id), response);
  }
}
