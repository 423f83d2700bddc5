import { Controller, Delete, Get, Inject, Param, Put, Req, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { SLATE_UPLOAD_BYTES_MAX, slateSchema } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { Answers, AnswersNothing, Refuses } from '../web/answers.ts';
import { PutSlate } from './put-slate.use-case.ts';
import { RemoveSlate } from './remove-slate.use-case.ts';
import { readSlateBody, slatePictureOf, slateTooLarge } from './slate-picture.ts';
import { slateMissing } from './stream-missing.ts';

const NONE = { SLATE_NOT_FOUND: 'The stream has no slate.' } as const;
const picture = { schema: { type: 'string', format: 'binary' } };

/** The picture that destinations are sent while the encoder is away. */
@ApiTags('streams')
@Controller('streams/:id/slate')
export class SlateController {
  constructor(
    @Inject(PutSlate) private readonly putSlate: PutSlate,
    @Inject(RemoveSlate) private readonly removeSlate: RemoveSlate,
  ) {}

  /** The body is the picture itself. */
  @Requires('streams:write')
  @Put()
  @ApiConsumes('image/png', 'image/jpeg')
  @ApiBody(picture)
  @Answers(200, slateSchema)
  @Refuses(413, { SLATE_TOO_LARGE: 'A slate may have 5 MiB at most.' })
  @Refuses(415, { SLATE_TYPE_UNKNOWN: 'A slate is image/png or image/jpeg.' })
  @Refuses(422, {
    SLATE_NOT_A_PICTURE: 'The body is no PNG picture.',
    SLATE_SIDE_TOO_LONG: 'No side may be longer than 8192 pixels.',
  })
  async put(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Req() request: Request,
    @Param('id') id: string,
  ) {
    const [type] = (request.get('content-type') ?? '').toLowerCase().split(';');
    const mime = type?.trim();
    if (mime !== 'image/png' && mime !== 'image/jpeg') {
      const sentence = 'A slate is image/png or image/jpeg, as its Content-Type says.';
      throw new ProblemError('SLATE_TYPE_UNKNOWN', sentence, { status: 415 });
    }
    if (Number(request.get('content-length') ?? 0) > SLATE_UPLOAD_BYTES_MAX) throw slateTooLarge();
    return this.putSlate.run(workspace, id, slatePictureOf(mime, await readSlateBody(request)));
  }

  @Requires('streams:read')
  @Get()
  @ApiProduces('image/png', 'image/jpeg')
  @ApiResponse({ status: 200, content: { 'image/png': picture, 'image/jpeg': picture } })
  @Refuses(404, NONE)
  async read(@CurrentWorkspace() workspace: WorkspaceDatabase, @Param('id') id: string) {
    const slate = await workspace.slates.find(id);
    if (slate === undefined) throw slateMissing();
    return new StreamableFile(slate.image, { type: slate.mime, length: slate.image.length });
  }

  @Requires('streams:write')
  @Delete()
  @AnswersNothing()
  @Refuses(404, NONE)
  remove(@CurrentWorkspace() workspace: WorkspaceDatabase, @Param('id') id: string) {
    return this.removeSlate.run(workspace, id);
  }
}
