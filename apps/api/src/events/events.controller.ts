import { Controller, Get, Headers, Inject, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { CodedError } from '#kernel';
import type { Clock } from '#kernel';
import { Requires } from '../auth/requires.ts';
import { Authenticator } from '../auth/authenticator.ts';
import { CurrentPrincipal } from '../auth/principal.ts';
import type { Principal } from '../auth/principal.ts';
import { CLOCK } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { EventHub } from './event-hub.ts';
import { EventStream } from './event-stream.ts';

const EVENT_ID = /^\d{1,16}-\d{1,16}$/;

@ApiTags('events')
@Controller('events')
export class EventsController {
  constructor(
    @Inject(EventHub) private readonly hub: EventHub,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  /**
   * Server-sent events: the current state first, then every change. `Last-Event-ID` is honoured.
   */
  @Requires('streams:read')
  @Get()
  @ApiProduces('text/event-stream')
  async open(
    @CurrentPrincipal() principal: Principal,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    refuseOtherSites(request);
    const owner = {
      account: principal.account,
      workspaceId: principal.workspaceId,
      mayStillRead: () => this.mayStillRead(request, principal),
    };
    const stream = new EventStream(response, owner, this.clock.monotonicMs());
    this.hub.admit(stream);
    response.once('close', () => this.hub.dismiss(stream));
    try {
      const known = lastEventId !== undefined && EVENT_ID.test(lastEventId);
      const { events, position } = await this.hub.currentState(known ? lastEventId : undefined);
      stream.begin(events, position);
    } catch (thrown) {
      this.hub.dismiss(stream);
      throw thrown;
    }
  }

  /** By the same cookie or token as before. A database that is away ends nobody's stream. */
  private async mayStillRead(request: Request, before: Principal): Promise<boolean> {
    try {
      const { id, workspaceId, permissions } = await this.authenticator.identify(request);
      const same = id === before.id && workspaceId === before.workspaceId;
      return same && permissions.has('streams:read');
    } catch (thrown) {
      if (thrown instanceof ProblemError) return false;
      if (thrown instanceof CodedError) return true;
      throw thrown;
    }
  }
}

/** Another site could not read the events, but could hold our connections. */
function refuseOtherSites(request: Request): void {
  const site = request.get('sec-fetch-site');
  if (site === undefined || site === 'same-origin' || site === 'none') return;
  const sentence = 'Events are for pages of this site only.';
  throw new ProblemError('CROSS_SITE_REQUEST', sentence, { status: 403 });
}
