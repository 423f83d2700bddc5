import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { broadcastEventSchema, cursorQuerySchema, pageSchema, timeSchema } from '#contracts';
import type { CursorQuery } from '#contracts';
import type { Clock } from '#kernel';
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { CLOCK } from '../infrastructure/tokens.ts';
import { Answers } from '../web/answers.ts';
import {
  attemptView,
  broadcastAnswerSchema,
  broadcastItem,
  broadcastItemSchema,
  eventView,
} from './broadcast-view.ts';
import { findBroadcast } from './find-broadcast.ts';

const listQuerySchema = cursorQuerySchema.extend({
  streamId: z.string().max(64).optional(),
  from: timeSchema.optional().describe('That began at this time or later.'),
  to: timeSchema.optional().describe('That began before this time.'),
});
type ListQuery = z.infer<typeof listQuerySchema>;

/** What happened. */
@ApiTags('broadcasts')
@Controller('broadcasts')
export class BroadcastsController {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Newest first, each with what became of its destinations. */
  @Requires('history:read')
  @Get()
  @Answers(200, pageSchema(broadcastItemSchema))
  async list(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Query({ schema: listQuerySchema }) query: ListQuery,
  ) {
    const { from, to, ...rest } = query;
    const began = { ...(from && { from: new Date(from) }), ...(to && { to: new Date(to) }) };
    const page = await workspace.broadcasts.page({ ...rest, ...began });
    const ids = page.items.map(({ id }) => id);
    const outcomes = await workspace.broadcasts.outcomes(ids, this.#now());
    const items = page.items.map((each) => broadcastItem(each, outcomes.get(each.id)));
    return { ...page, items };
  }

  @Requires('history:read')
  @Get(':id')
  @Answers(200, broadcastAnswerSchema)
  async read(@CurrentWorkspace() workspace: WorkspaceDatabase, @Param('id') id: string) {
    const broadcast = await findBroadcast(workspace, id);
    const attempts = await workspace.broadcasts.attempts(id);
    const outcomes = await workspace.broadcasts.outcomes([id], this.#now());
    return { ...broadcastItem(broadcast, outcomes.get(id)), attempts: attempts.map(attemptView) };
  }

  @Requires('history:read')
  @Get(':id/events')
  @Answers(200, pageSchema(broadcastEventSchema))
  async events(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Param('id') id: string,
    @Query({ schema: cursorQuerySchema }) query: CursorQuery,
  ) {
    await findBroadcast(workspace, id);
    const page = await workspace.broadcasts.events(id, query);
    return { ...page, items: page.items.map(eventView) };
  }

  #now(): Date {
    return new Date(this.clock.wallMs());
  }
}
