import { Body, Controller, Inject, Param, Post, Req, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { rotatedKeySchema, rotateKeyBodySchema } from '#contracts';
import type { RotateKeyBody } from '#contracts';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import type { WorkspaceDatabase } from '#persistence';
import type { ApiEnvironment } from '../env.ts';
import { IdempotencyInterceptor } from '../idempotency/idempotency.interceptor.ts';
import { ENVIRONMENT } from '../infrastructure/tokens.ts';
import { Answers } from '../web/answers.ts';
import { ingestUrlsFor } from './ingest-urls.ts';
import { RotateKey } from './rotate-key.use-case.ts';

/** What encoders publish with. */
@ApiTags('streams')
@Controller('streams/:id/rotate-key')
@UseInterceptors(IdempotencyInterceptor)
export class IngestKeysController {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: ApiEnvironment,
    @Inject(RotateKey) private readonly rotateKey: RotateKey,
  ) {}

  @Requires('keys:manage')
  @Post()
  @Answers(200, rotatedKeySchema)
  rotate(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Req() request: Request,
    @Param('id') id: string,
    @Body({ schema: rotateKeyBodySchema.prefault({}) }) body: RotateKeyBody,
  ) {
    return this.rotateKey.run(workspace, id, body, ingestUrlsFor(request, this.environment));
  }
}
