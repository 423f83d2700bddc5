import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../auth/public.ts';
import { Readiness } from './readiness.ts';
import type { Missing } from './readiness.ts';

/** For whoever watches over the process: restart it by the first, send it people by the second. */
@ApiExcludeController()
@Public()
@Controller()
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  /**
   * The process is alive. Says nothing of what it leans on: a restart would not bring that back.
   */
  @Get('healthz')
  alive(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 200 when everything it leans on answers, else 503 with what is missing. */
  @Get('readyz')
  async ready(
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ status: 'ready' | 'unready'; missing: Missing[] }> {
    const missing = await this.readiness.missing();
    response.setHeader('Cache-Control', 'no-store');
    response.status(missing.length === 0 ? 200 : 503);
    return { status: missing.length === 0 ? 'ready' : 'unready', missing };
  }
}
