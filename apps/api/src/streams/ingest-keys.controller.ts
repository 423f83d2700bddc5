import { Body, Controller, Delete, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { rotatedKeySchema, rotateKeyBodySchema } from '#contracts';
import type { RotateKeyBody } from '#contracts';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import type { WorkspaceDatabase } from '#persistence';
import { Answers, AnswersNothing, Refuses } from '../web/answers.ts';
import { ingestKeysSchema, ingestKeyView, revokeKeyQuerySchema } from './ingest-key-view.ts';
import type { RevokeKeyQuery } from './ingest-key-view.ts';
import { IngestAddresses } from './ingest-addresses.ts';
import { RevokeKey } from './revoke-key.use-case.ts';
import { RotateKey } from './rotate-key.use-case.ts';
import { streamMissing } from './stream-missing.ts';

/** What encoders publish with. */
@ApiTags('streams')
@Controller('streams/:id')
export class IngestKeysController {
  constructor(
    @Inject(IngestAddresses) private readonly addresses: IngestAddresses,
    @Inject(RotateKey) private readonly rotateKey: RotateKey,
    @Inject(RevokeKey) private readonly revokeKey: RevokeKey,
  ) {}

  @Requires('keys:manage')
  @Post('rotate-key')
  @Answers(200, rotatedKeySchema)
  async rotate(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Req() request: Request,
    @Param('id') id: string,
    @Body({ schema: rotateKeyBodySchema.prefault({}) }) body: RotateKeyBody,
  ) {
    return this.rotateKey.run(workspace, id, body, await this.addresses.of(request));
  }

  /** Keys that work now, newest first; of each only its last characters. */
  @Requires('keys:manage')
  @Get('keys')
  @Answers(200, ingestKeysSchema)
  async list(@CurrentWorkspace() workspace: WorkspaceDatabase, @Param('id') id: string) {
    const keys = await workspace.ingestKeys.list(id);
    if (keys === undefined) throw streamMissing();
    return { items: keys.map(ingestKeyView) };
  }

  /** It opens nothing from then on, and an encoder that is connected with it is ended. */
  @Requires('keys:manage')
  @Delete('keys/:keyId')
  @AnswersNothing()
  @Refuses(409, { KEY_LAST: 'This is the only key of its input; rotate it, or say force=true.' })
  revoke(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Param('keyId') keyId: string,
    @Query({ schema: revokeKeyQuerySchema }) { force }: RevokeKeyQuery,
  ) {
    return this.revokeKey.run(workspace, id, keyId, force === 'true');
  }
}
