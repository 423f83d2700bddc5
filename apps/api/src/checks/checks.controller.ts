import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { liveWarningSchema } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import { z } from 'zod';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import type { ApiEnvironment } from '../env.ts';
import { ENVIRONMENT } from '../infrastructure/tokens.ts';
import { ingestUrlsFor } from '../streams/ingest-urls.ts';
import { Answers } from '../web/answers.ts';
import { ReadChecks, type OwnDoor } from './read-checks.use-case.ts';

const checksSchema = z.object({ items: z.array(liveWarningSchema) }).meta({ id: 'StreamChecks' });

/** What will bite. */
@ApiTags('streams')
@Controller('streams/:id/checks')
export class ChecksController {
  constructor(
    @Inject(ReadChecks) private readonly readChecks: ReadChecks,
    @Inject(ENVIRONMENT) private readonly environment: ApiEnvironment,
  ) {}

  /**
   * Warnings for enabled destinations alone: while the stream is live, of what its encoder sends
   * beside what platforms take; always, of keys that are used twice and of ways back to here.
   */
  @Requires('streams:read')
  @Get()
  @Answers(200, checksSchema)
  async read(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Req() request: Request,
    @Param('id') id: string,
  ) {
    return { items: await this.readChecks.run(workspace, id, this.doorOf(request)) };
  }

  private doorOf(request: Request): OwnDoor {
    const { RTMP_PORT, RTMPS_PORT } = this.environment;
    const { rtmpUrl, rtmpsUrl } = ingestUrlsFor(request, this.environment);
    const host = new URL((rtmpUrl ?? rtmpsUrl ?? 'rtmp://localhost').replace(/^rtmps?/, 'http'));
    return { host: host.hostname, ports: [RTMP_PORT, RTMPS_PORT] };
  }
}
