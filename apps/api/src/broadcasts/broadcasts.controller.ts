import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import {
  broadcastDetailSchema,
  broadcastEventSchema,
  broadcastSchema,
  cursorQuerySchema,
  pageSchema,
} from '#contracts';
import type { CursorQuery } from '#contracts';
import { Database } from '#persistence';
import { Requires } from '../auth/requires.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { Answers } from '../web/answers.ts';
import { attemptView, broadcastView, eventView } from './broadcast-view.ts';

const listQuerySchema = cursorQuerySchema.extend({ streamId: z.string().max(64).optional() });
type ListQuery = z.infer<typeof listQuerySchema>;

/** What happened. */
@ApiTags('broadcasts')
@Controller('broadcasts')
export class BroadcastsController {
  constructor(@Inject(Database) private readonly database: Database) {}

  @Requires('history:read')
  @Get()
  @Answers(200, pageSchema(broadcastSchema))
  async list(@Query({ schema: listQuerySchema }) query: ListQuery) {
    const page = await this.database.broadcasts.page(query);
    return { ...page, items: page.items.map(broadcastView) };
  }

  @Requires('history:read')
  @Get(':id')
  @Answers(200, broadcastDetailSchema)
  async read(@Param('id') id: string) {
    const broadcast = await this.findOrFail(id);
    const attempts = await this.database.broadcasts.attempts(id);
    return { ...broadcastView(broadcast), attempts: attempts.map(attemptView) };
  }

  @Requires('history:read')
  @Get(':id/events')
  @Answers(200, pageSchema(broadcastEventSchema))
  async events(@Param('id') id: string, @Query({ schema: cursorQuerySchema }) query: CursorQuery) {
    await this.findOrFail(id);
    const page = await this.database.broadcasts.events(id, query);
    return { ...page, items: page.items.map(eventView) };
  }

  private async findOrFail(id: string) {
    const broadcast = await this.database.broadcasts.find(id);
    if (broadcast !== undefined) return broadcast;
    throw new ProblemError('BROADCAST_NOT_FOUND', 'There is no such broadcast.', { status: 404 });
  }
}
