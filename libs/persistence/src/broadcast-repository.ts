import { timelineKindSchema } from '#control';
import type { TimelineKind } from '#control';
import type { BroadcastOutcome } from './broadcast-outcomes.ts';
import type { Attempt, Event, Prisma } from './generated/client.ts';
import { isId } from './new-id.ts';
import { readPage } from './page-cursor.ts';
import type { PageQuery, Place, RecordPage } from './page-cursor.ts';
import type { WorkspaceClient } from './workspace-client.ts';

export type { BroadcastOutcome } from './broadcast-outcomes.ts';

/** Attempts shown with one broadcast at most: the newest. */
const ATTEMPTS_SHOWN_MAX = 500;
/** Attempts that a sum is made of at most: the newest. */
const ATTEMPTS_SUMMED_MAX = 20_000;

export interface BroadcastRecord {
  readonly id: string;
  readonly streamId: string;
  readonly streamName: string;
  readonly nodeId: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly endReason: string | null;
}

/** One line of a timeline. */
export interface EventRow {
  readonly id: string;
  readonly broadcastId: string;
  readonly at: Date;
  readonly kind: TimelineKind;
  readonly code: string;
  readonly message: string;
  readonly destinationId: string | null;
  readonly remoteWords: string | null;
  /** Who asked for it; null where nobody did. */
  readonly actor: string | null;
}

export interface AttemptRecord {
  readonly id: string;
  readonly destinationId: string;
  readonly destinationName: string | null;
  readonly number: number;
  readonly startedAt: Date;
  readonly publishedAt: Date | null;
  readonly endedAt: Date | null;
  readonly code: string | null;
  readonly class: string | null;
  readonly message: string | null;
  readonly remoteWords: string | null;
  readonly bytesWritten: number | null;
}

/** All attempts of one destination in one broadcast. */
export interface AttemptTotal {
  readonly destinationId: string;
  readonly destinationName: string | null;
  readonly attempts: number;
  /** By the attempts that told it, each at its end. */
  readonly bytesWritten: number;
  /** Attempts that told no bytes: under way, or of a relay that died. */
  readonly untold: number;
}

interface BroadcastQuery extends PageQuery {
  readonly streamId?: string | undefined;
  /** That began at this time or later. */
  readonly from?: Date | undefined;
  /** That began before this time. */
  readonly to?: Date | undefined;
}

/** History of a workspace, read. */
export class BroadcastRepository {
  readonly #client: WorkspaceClient;

  constructor(client: WorkspaceClient) {
    this.#client = client;
  }

  /** Newest first; of one stream, or of all. */
  page(query: BroadcastQuery): Promise<RecordPage<BroadcastRecord>> {
    const { streamId, from, to } = query;
    const startedAt = { ...(from && { gte: from }), ...(to && { lt: to }) };
    return readPage(
      query,
      (row) => row.startedAt,
      async (after, take) => {
        if (streamId !== undefined && !isId(streamId)) return [];
        return this.#client.queries.broadcast.findMany({
          where: { startedAt, ...(streamId !== undefined && { streamId }), ...before(after) },
          orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
          take,
        });
      },
    );
  }

  /** By broadcast. `until`: for attempts that are under way. */
  async outcomes(
    broadcastIds: readonly string[],
    until: Date,
  ): Promise<ReadonlyMap<string, readonly BroadcastOutcome[]>> {
    const outcomes = await this.#client.outcomesOf(broadcastIds, until);
    return Map.groupBy(outcomes, ({ broadcastId }) => broadcastId);
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
    return rows.reverse().map(attemptOf);
  }

  /** All of them, page by page, oldest first. */
  attemptPage(broadcastId: string, query: PageQuery): Promise<RecordPage<AttemptRecord>> {
    return readPage(
      query,
      ({ startedAt }) => startedAt,
      async (after, take) => {
        const queries = await this.#client.ofBroadcast(broadcastId);
        if (queries === undefined) return [];
        const rows = await queries.attempt.findMany({
          where: { broadcastId, ...startedBehind(after) },
          orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
          take,
        });
        return rows.map(attemptOf);
      },
    );
  }

  /** By destination, in the order in which they were tried first. */
  async attemptTotals(broadcastId: string): Promise<AttemptTotal[]> {
    const queries = await this.#client.ofBroadcast(broadcastId);
    if (queries === undefined) return [];
    const rows = await queries.attempt.findMany({
      where: { broadcastId },
      select: {
        destinationId: true,
        destinationName: true,
        bytesWritten: true,
      },
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      take: ATTEMPTS_SUMMED_MAX,
    });
    const all = Map.groupBy(rows.reverse(), ({ destinationId }) => destinationId);
    return [...all].map(([destinationId, attempts]) => ({
      destinationId,
      destinationName: attempts.at(-1)?.destinationName ?? null,
      attempts: attempts.length,
      bytesWritten: sum(attempts, ({ bytesWritten }) => Number(bytesWritten ?? 0)),
      untold: attempts.filter(({ bytesWritten }) => bytesWritten === null).length,
    }));
  }

  /** The incident timeline, oldest first. */
  async events(broadcastId: string, query: PageQuery): Promise<RecordPage<EventRow>> {
    const page = await readPage(
      query,
      ({ position }: Event) => new Date(Number(position)),
      async (after, take) =>
        this.#client.queries.event.findMany({
          where: { broadcastId, ...behind(after) },
          orderBy: [{ position: 'asc' }, { id: 'asc' }],
          take,
        }),
    );
    return { ...page, items: page.items.map((row) => eventOf(row, broadcastId)) };
  }
}

function attemptOf({ bytesWritten, ...row }: Attempt): AttemptRecord {
  return { ...row, bytesWritten: bytesWritten === null ? null : Number(bytesWritten) };
}

function eventOf(row: Event, broadcastId: string): EventRow {
  const { id, at, code, message, destinationId, remoteWords, actor } = row;
  // Later versions may tell of more; in a timeline it still has its place.
  const kind = timelineKindSchema.catch('broadcast').parse(row.kind);
  return { id, broadcastId, at, kind, code, message, destinationId, remoteWords, actor };
}

function sum<Row>(rows: readonly Row[], value: (row: Row) => number): number {
  return rows.reduce((total, row) => total + value(row), 0);
}

function before(after: Place | undefined): Prisma.BroadcastWhereInput {
  if (after === undefined) return {};
  return {
    OR: [{ startedAt: { lt: after.at } }, { startedAt: after.at, id: { lt: after.id } }],
  };
}

function startedBehind(after: Place | undefined): Prisma.AttemptWhereInput {
  if (after === undefined) return {};
  return {
    OR: [{ startedAt: { gt: after.at } }, { startedAt: after.at, id: { gt: after.id } }],
  };
}

/** A place in a timeline is a position, which is about a time, and therefore written as one. */
function behind(after: Place | undefined): Prisma.EventWhereInput {
  if (after === undefined) return {};
  const position = after.at.getTime();
  return { OR: [{ position: { gt: position } }, { position, id: { gt: after.id } }] };
}
