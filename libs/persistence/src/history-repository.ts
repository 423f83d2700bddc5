import type { CodedClient, Queries } from './coded-client.ts';
import type { AttemptEnded, HistoryRecord } from './history-record.ts';
import { isId, newId } from './new-id.ts';

/** Records written in one transaction at most. */
export const HISTORY_BATCH_MAX = 500;
/** Characters kept of a sentence that a remote party may have had a part in. */
export const HISTORY_TEXT_LENGTH_MAX = 500;

export interface ClosedOrphans {
  readonly broadcasts: number;
  readonly attempts: number;
}

/** What happened, as relays report it. */
export class HistoryRepository {
  readonly #client: CodedClient;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  /**
   * Writes all or nothing of each `HISTORY_BATCH_MAX` records. Writing a record again changes
   * nothing, so that a batch whose outcome is unknown can simply be sent again.
   */
  async write(batch: readonly HistoryRecord[]): Promise<void> {
    for (let start = 0; start < batch.length; start += HISTORY_BATCH_MAX) {
      const records = batch.slice(start, start + HISTORY_BATCH_MAX);
      await this.#client.transaction((queries) => writeRecords(queries, records));
    }
  }

  /**
   * Ends what a relay that died has left open. Call when a node of that name starts anew. The
   * broadcasts of `exceptIds` go on; their attempts do not.
   */
  async closeOrphans(
    nodeId: string,
    at: Date,
    exceptIds: readonly string[] = [],
  ): Promise<ClosedOrphans> {
    return this.#client.transaction(async (queries) => {
      const id = { notIn: exceptIds.filter(isId) };
      const orphaned = { id, nodeId, endedAt: null, startedAt: { lte: at } };
      const open = await queries.broadcast.findMany({
        where: orphaned,
        select: { id: true, streamId: true, workspaceId: true },
      });
      await queries.event.createMany({
        data: open.map(({ id, streamId, workspaceId }) => ({
          id: newId(),
          broadcastId: id,
          streamId,
          workspaceId,
          at,
          code: 'BROADCAST_ENDED',
          message: 'The broadcast ended: the relay stopped without a word.',
        })),
      });
      const broadcasts = await queries.broadcast.updateMany({
        where: orphaned,
        data: { endedAt: at, endReason: 'relay-stopped' },
      });
      const attempts = await queries.attempt.updateMany({
        where: { nodeId, endedAt: null, startedAt: { lte: at } },
        data: {
          endedAt: at,
          code: 'RELAY_STOPPED',
          class: 'internal',
          message: 'The relay stopped while this connection was open.',
        },
      });
      return { broadcasts: broadcasts.count, attempts: attempts.count };
    });
  }
}

/** Starts before ends: within one batch both may speak of the same row. */
async function writeRecords(queries: Queries, records: readonly HistoryRecord[]): Promise<void> {
  await writeStarts(queries, records);
  for (const record of records) {
    if (record.kind === 'broadcast-ended') {
      await queries.broadcast.updateMany({
        where: { id: record.id, endedAt: null },
        data: { endedAt: record.at, endReason: clean(record.reason) },
      });
    }
    if (record.kind === 'attempt-ended') await endAttempt(queries, record);
  }
}

async function writeStarts(queries: Queries, records: readonly HistoryRecord[]): Promise<void> {
  const broadcasts = records.filter((record) => record.kind === 'broadcast-started');
  const attempts = records.filter((record) => record.kind === 'attempt-started');
  const events = records.filter((record) => record.kind === 'event');
  const workspaces = await workspacesOf(queries, [...broadcasts, ...events]);
  await queries.broadcast.createMany({
    data: broadcasts.map(({ kind: _kind, at, streamName, ...rest }) => ({
      ...rest,
      workspaceId: workspaces.get(rest.streamId) ?? null,
      streamName: clean(streamName),
      startedAt: at,
    })),
    skipDuplicates: true,
  });
  await queries.attempt.createMany({
    data: attempts.map(({ kind: _kind, at, destinationName, ...rest }) => ({
      ...rest,
      destinationName: clean(destinationName),
      startedAt: at,
    })),
    skipDuplicates: true,
  });
  await queries.event.createMany({
    data: events.map(({ kind: _kind, destinationId, message, ...rest }) => ({
      ...rest,
      workspaceId: workspaces.get(rest.streamId) ?? null,
      destinationId: destinationId ?? null,
      message: clean(message),
    })),
    skipDuplicates: true,
  });
}

/** Streams stay after their deletion: only of one that never was is the workspace unknown. */
async function workspacesOf(
  queries: Queries,
  records: readonly { readonly streamId: string }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(records.map(({ streamId }) => streamId));
  if (ids.size === 0) return new Map();
  const rows = await queries.stream.findMany({
    where: { id: { in: [...ids].filter(isId) } },
    select: { id: true, workspaceId: true },
  });
  return new Map(rows.map(({ id, workspaceId }) => [id, workspaceId]));
}

async function endAttempt(queries: Queries, record: AttemptEnded): Promise<void> {
  await queries.attempt.updateMany({
    where: { id: record.id, endedAt: null },
    data: {
      endedAt: record.at,
      publishedAt: record.publishedAt,
      code: record.code,
      class: record.class,
      message: clean(record.message),
      bytesWritten: Math.trunc(record.bytesWritten),
    },
  });
}

/** Postgres refuses NUL in text, and one refused sentence would hold up all that is behind it. */
function clean(text: string): string {
  return text.replaceAll('\u0000', '').slice(0, HISTORY_TEXT_LENGTH_MAX).toWellFormed();
}
