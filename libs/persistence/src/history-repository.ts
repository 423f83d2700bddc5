import type { CodedClient, Queries } from './coded-client.ts';
import type { AttemptEnded, HistoryRecord } from './history-record.ts';
import { isId, newId } from './new-id.ts';
import { streamOwners, writeEvents } from './outbox-events.ts';
import type { NewEvent, StreamOwner } from './outbox-events.ts';

/** Records written in one transaction at most. */
export const HISTORY_BATCH_MAX = 500;
/** Characters kept of a sentence that a remote party may have had a part in. */
export const HISTORY_TEXT_LENGTH_MAX = 500;

export interface ClosedOrphans {
  readonly broadcasts: number;
  readonly attempts: number;
}

/** What somebody asked for, as the timeline of the stream's broadcast tells it. */
export interface ActionRecord {
  readonly workspaceId: string;
  readonly streamId: string;
  /** Null: the one that is under way, if there is one. */
  readonly broadcastId: string | null;
  readonly destinationId?: string | undefined;
  readonly code: string;
  readonly message: string;
  /** A name that the workspace's people know. */
  readonly actor: string;
  readonly at: Date;
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
   * The broadcast in whose timeline it stands now, if any. Does nothing where the stream is not the
   * workspace's.
   */
  async recordAction(action: ActionRecord): Promise<string | null> {
    return this.#client.transaction(async (queries) => {
      const { streamId } = action;
      const owners = await streamOwners(queries, [streamId]);
      if (owners.get(streamId)?.workspaceId !== action.workspaceId) return null;
      const broadcastId = action.broadcastId ?? (await broadcastAt(queries, streamId, action.at));
      const event: NewEvent = {
        id: newId(action.at.getTime()),
        broadcastId,
        streamId,
        destinationId: action.destinationId ?? null,
        at: action.at,
        position: action.at.getTime(),
        kind: 'action',
        code: action.code,
        message: clean(action.message),
        remoteWords: null,
        actor: clean(action.actor),
      };
      await writeEvents(queries, [event], owners);
      return broadcastId;
    });
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
      const attempts = await queries.attempt.updateMany({
        where: { nodeId, endedAt: null, startedAt: { lte: at } },
        data: {
          endedAt: at,
          code: 'RELAY_STOPPED',
          class: 'internal',
          message: 'The relay stopped while this connection was open.',
        },
      });
      // Whoever finds them open ends them: two who look at once tell it once.
      const broadcasts = await queries.broadcast.updateManyAndReturn({
        where: {
          id: { notIn: exceptIds.filter(isId) },
          nodeId,
          endedAt: null,
          startedAt: { lte: at },
        },
        data: { endedAt: at, endReason: 'relay-stopped' },
        select: { id: true, streamId: true },
      });
      const events = broadcasts.map(({ id, streamId }) => orphanClosed(id, streamId, at));
      const streamIds = broadcasts.map(({ streamId }) => streamId);
      await writeEvents(queries, events, await streamOwners(queries, streamIds));
      return { broadcasts: broadcasts.length, attempts: attempts.count };
    });
  }
}

function orphanClosed(broadcastId: string, streamId: string, at: Date): NewEvent {
  return {
    id: newId(at.getTime()),
    broadcastId,
    streamId,
    destinationId: null,
    at,
    position: at.getTime(),
    kind: 'broadcast',
    code: 'BROADCAST_ENDED',
    message: 'The broadcast ended: the relay stopped without a word.',
    remoteWords: null,
    actor: null,
  };
}

/** What was asked for may have ended it meanwhile. */
async function broadcastAt(queries: Queries, streamId: string, at: Date): Promise<string | null> {
  const open = await queries.broadcast.findFirst({
    where: { streamId, startedAt: { lte: at }, OR: [{ endedAt: null }, { endedAt: { gte: at } }] },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    select: { id: true },
  });
  return open?.id ?? null;
}

/**
 * Starts before ends: within one batch both may speak of the same row. Events last: they lock the
 * workspaces that they belong to.
 */
async function writeRecords(queries: Queries, records: readonly HistoryRecord[]): Promise<void> {
  const events = records.filter((record) => record.kind === 'event');
  const streamIds = records.flatMap((record) => ('streamId' in record ? record.streamId : []));
  const owners = await streamOwners(queries, streamIds);
  await writeStarts(queries, records, owners);
  for (const record of records) {
    if (record.kind === 'broadcast-ended') {
      await queries.broadcast.updateMany({
        where: { id: record.id, endedAt: null },
        data: { endedAt: record.at, endReason: clean(record.reason) },
      });
    }
    if (record.kind === 'attempt-published') {
      await queries.attempt.updateMany({
        where: { id: record.id, publishedAt: null },
        data: { publishedAt: record.at },
      });
    }
    if (record.kind === 'attempt-ended') await endAttempt(queries, record);
  }
  await writeEvents(
    queries,
    events.map(({ kind: _record, about, at, ...event }) => ({
      ...event,
      kind: about,
      destinationId: event.destinationId ?? null,
      at: new Date(at),
      message: clean(event.message),
      remoteWords: cleanWords(event.remoteWords),
      actor: null,
    })),
    owners,
  );
}

async function writeStarts(
  queries: Queries,
  records: readonly HistoryRecord[],
  owners: ReadonlyMap<string, StreamOwner>,
): Promise<void> {
  const broadcasts = records.filter((record) => record.kind === 'broadcast-started');
  const attempts = records.filter((record) => record.kind === 'attempt-started');
  await queries.broadcast.createMany({
    data: broadcasts.map(({ kind: _kind, at, streamName, ...rest }) => ({
      ...rest,
      workspaceId: owners.get(rest.streamId)?.workspaceId ?? null,
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
}

async function endAttempt(queries: Queries, record: AttemptEnded): Promise<void> {
  await queries.attempt.updateMany({
    where: { id: record.id, endedAt: null },
    data: {
      endedAt: record.at,
      // One that has no word of it takes nothing back.
      ...(record.publishedAt === null ? {} : { publishedAt: record.publishedAt }),
      code: record.code,
      class: record.class,
      message: clean(record.message),
      remoteWords: cleanWords(record.remoteWords),
      bytesWritten: Math.trunc(record.bytesWritten),
    },
  });
}

/** Postgres refuses NUL in text, and one refused sentence would hold up all that is behind it. */
function clean(text: string): string {
  return text.replaceAll('\u0000', '').slice(0, HISTORY_TEXT_LENGTH_MAX).toWellFormed();
}

function cleanWords(words: string | null | undefined): string | null {
  return words === null || words === undefined ? null : clean(words);
}
