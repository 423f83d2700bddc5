import type { Attempt, Broadcast, Event, Prisma } from './generated/client.ts';
import { isId } from './new-id.ts';
import { readPage } from './page-cursor.ts';
import type { PageQuery, Place, RecordPage } from './page-cursor.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** Attempts shown with one broadcast at most: the newest. */
const ATTEMPTS_SHOWN_MAX = 500;

export type BroadcastRecord = Broadcast;
export interface EventRow extends Event {
  readonly broadcastId: string;
}
export interface AttemptRecord extends Omit<Attempt, 'bytesWritten'> {
  readonly bytesWritten: number | null;
}

/** History of a workspace, read. */
export class BroadcastRepository {
  readonly #client: WorkspaceClient;

  constructor(client: WorkspaceClient) {
    this.#client = client;
  }

  /** Newest first; of one stream, or of all. */
  page(query: PageQuery & { streamId?: string | undefined }): Promise<RecordPage<BroadcastRecord>> {
    const { streamId } = query;
    return readPage(
      query,
      ({ startedAt }) => startedAt,
      async (after, take) => {
        if (streamId !== undefined && !isId(streamId)) return [];
        return this.#client.queries.broadcast.findMany({
          where: { ...(streamId === undefined ? {} : { streamId }), ...before(after) },
          orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
          take,
        });
      },
    );
  }

  async find(id: string): Promise<BroadcastRecord | undefined> {
    if (!isId(id)) return undefined;
    const row = await this.#client.queries.broadcast.findUnique({ where: { id } });
    return row ?? undefined;
  }

  /** Oldest first, of the newest 500. */
  async attempts(broadcastId: string): Promise<AttemptRecord[]> {
    const queries = await this.#client.ofBroadcast(broadcastId);
    if (queries === undefined) return [];
    const rows = await queries.attempt.findMany({
      where: { broadcastId },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      take: ATTEMPTS_SHOWN_MAX,
    });
    return rows.reverse().map((row) => ({
      ...row,
      bytesWritten: row.bytesWritten === null ? null : Number(row.bytesWritten),
    }));
  }

  /** The incident timeline, oldest first. */
  events(broadcastId: string, query: PageQuery): Promise<RecordPage<EventRow>> {
    return readPage(
      query,
      ({ at }) => at,
      async (after, take) => {
        const rows = await this.#client.queries.event.findMany({
          where: { broadcastId, ...behind(after) },
          orderBy: [{ at: 'asc' }, { id: 'asc' }],
          take,
        });
        return rows.map((row) => ({ ...row, broadcastId }));
      },
    );
  }
}

function before(after: Place | undefined): Prisma.BroadcastWhereInput {
  if (after === undefined) return {};
  return {
    OR: [{ startedAt: { lt: after.at } }, { startedAt: after.at, id: { lt: after.id } }],
  };
}

function behind(after: Place | undefined): Prisma.EventWhereInput {
  if (after === undefined) return {};
  return { OR: [{ at: { gt: after.at } }, { at: after.at, id: { gt: after.id } }] };
}
