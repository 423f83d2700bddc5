import { z } from 'zod';
import { broadcastDetailSchema, broadcastEventSchema, broadcastSchema } from '#contracts';
import type { PageQuery, RecordPage, WorkspaceDatabase, BroadcastRecord } from '#persistence';
import { statisticsAnswerSchema } from '#control';
import { attemptView, broadcastView, eventView } from '../broadcasts/broadcast-view.ts';
import { statisticsQueryOf } from './statistics-query.ts';
import { readStatistics } from './statistics-view.ts';

const PAGE_ROWS = 200;

const headSchema = z.object({
  /** Grows when a reader of the one before would misread it. */
  version: z.literal(1),
  exportedAt: z.iso.datetime(),
  broadcast: broadcastSchema,
});

/** All that is kept of a broadcast. */
export const broadcastExportSchema = headSchema
  .extend({
    attempts: broadcastDetailSchema.shape.attempts,
    events: z.array(broadcastEventSchema),
    /** By the minute, one answer after the other. */
    statistics: z.array(statisticsAnswerSchema),
  })
  .meta({ id: 'BroadcastExport' });

/** The same as JSON, in pieces of a page each: a long broadcast is never in memory whole. */
export async function* broadcastExport(
  workspace: WorkspaceDatabase,
  broadcast: BroadcastRecord,
  nowMs: number,
): AsyncGenerator<string> {
  const { id } = broadcast;
  const head = headSchema.parse({
    version: 1,
    exportedAt: new Date(nowMs).toISOString(),
    broadcast: broadcastView(broadcast),
  });
  yield JSON.stringify(head).slice(0, -1);
  yield ',"attempts":[';
  const { attempts } = broadcastDetailSchema.shape;
  yield* list(
    pages((query) => workspace.broadcasts.attemptPage(id, query)),
    (attempt) => attempts.element.parse(attemptView(attempt)),
  );
  yield '],"events":[';
  yield* list(
    pages((query) => workspace.broadcasts.events(id, query)),
    (event) => broadcastEventSchema.parse(eventView(event)),
  );
  yield '],"statistics":[';
  yield* list(minutes(workspace, broadcast, nowMs), (answer) => answer);
  yield ']}\n';
}

async function* list<Row>(
  rowPages: AsyncIterable<readonly Row[]>,
  viewOf: (row: Row) => unknown,
): AsyncGenerator<string> {
  let isFirst = true;
  for await (const rows of rowPages) {
    for (const row of rows) {
      yield (isFirst ? '' : ',') + JSON.stringify(viewOf(row));
      isFirst = false;
    }
  }
}

async function* pages<Row>(
  read: (query: PageQuery) => Promise<RecordPage<Row>>,
): AsyncGenerator<readonly Row[]> {
  let cursor: string | undefined;
  do {
    const page = await read({ limit: PAGE_ROWS, cursor });
    yield page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

async function* minutes(workspace: WorkspaceDatabase, broadcast: BroadcastRecord, nowMs: number) {
  const untilMs = Math.max(broadcast.startedAt.getTime(), broadcast.endedAt?.getTime() ?? nowMs);
  let from = broadcast.startedAt.toISOString();
  for (;;) {
    const query = statisticsQueryOf({ resolution: '60', from }, broadcast, nowMs);
    yield [await readStatistics(workspace, broadcast.id, query)];
    if (query.to.getTime() >= untilMs) return;
    from = query.to.toISOString();
  }
}
