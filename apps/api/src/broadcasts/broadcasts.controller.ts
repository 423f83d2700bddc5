import { Controller, Get, Param, Query } from '@nestjs/common';
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
import type { WorkspaceDatabase } from '#persistence';
import { CurrentWorkspace } from '../auth/principal.ts';
import { Requires } from '../auth/requires.ts';
import { Answers } from '../web/answers.ts';
import { attemptView, broadcastView, eventView } from './broadcast-view.ts';
import { findBroadcast } from './find-broadcast.ts';

const listQuerySchema = cursorQuerySchema.extend({ streamId: z.string().max(64).optional() });
type ListQuery = z.infer<typeof listQuerySchema>;

/** What happened. */
@ApiTags('broadcasts')
@Controller('broadcasts')
export class BroadcastsController {
  @Requires('history:read')
  @Get()
  @Answers(200, pageSchema(broadcastSchema))
  async list(
    @CurrentWorkspace() workspace: WorkspaceDatabase,
    @Query({ schema: listQuerySchema }) query: ListQuery,
  ) {
    const page = await workspace.broadcasts.page(query);
    return { ...page, items: page.items.map(broadcastView) };
  }

  @Requires('history:read')
  @Get(':id')
  @Answers(200, broadcastDetailSchema)
  async read(@CurrentWorkspace() workspace: WorkspaceDatabase, @Param('id') id: string) {
    const broadcast = await findBroadcast(workspace, id);
    const attempts = await workspace.broadcasts.attempts(id);
    return { ...broadcastView(broadcast), attempts: attempts.map(attemptView) };
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
}
