import { eventTypeOf } from '#control';
import type { EventType, OutwardEvent, TimelineKind } from '#control';
import { failureOf, isFailureCode } from '#relay-core';
import type { Queries } from './coded-client.ts';
import { isId } from './new-id.ts';

/** One line of a timeline that is about to be written. Texts are cut and clean already. */
export interface NewEvent {
  readonly id: string;
  /** Null for what happens while nothing is live. */
  readonly broadcastId: string | null;
  readonly streamId: string;
  readonly destinationId: string | null;
  readonly at: Date;
  /** Orders the events of one broadcast where their times do not. */
  readonly position: number;
  readonly kind: TimelineKind;
  readonly code: string;
  readonly message: string;
  readonly remoteWords: string | null;
  readonly actor: string | null;
  /** Of a failure: whether somebody has to do something; its class says where this does not. */
  readonly needsPerson?: boolean | undefined;
}

/** An event for the world outside, before it has its place among those of its workspace. */
export type OutwardDraft = Omit<OutwardEvent, 'sequence'>;

export interface StreamOwner {
  readonly workspaceId: string;
  readonly name: string;
}

/** How long an event is offered to an endpoint that does not take it. */
const GIVE_UP_AFTER_HOURS = 24;

/**
 * Writes lines of timelines, and each that is new also to the outbox of its workspace, with a
 * delivery for every endpoint that asks for its kind. Call it in a transaction: all of it is
 * written or nothing. What was written before is not written again, so a batch whose outcome is
 * unknown can simply be sent again. Call it last: it locks workspaces until the transaction ends.
 *
 * `owners`: of `streamOwners`. Events of a stream that is unknown here are kept, and go nowhere.
 */
export async function writeEvents(
  queries: Queries,
  events: readonly NewEvent[],
  owners: ReadonlyMap<string, StreamOwner>,
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({
    ...event,
    workspaceId: owners.get(event.streamId)?.workspaceId ?? null,
  }));
  const written = await queries.$queryRaw<{ id: string }[]>`
    INSERT INTO events (id, workspace_id, broadcast_id, stream_id, destination_id, at, position,
      kind, code, message, remote_words, actor)
    SELECT id, "workspaceId", "broadcastId", "streamId", "destinationId", at, position,
      kind, code, message, "remoteWords", actor
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (id uuid, "workspaceId" uuid,
      "broadcastId" uuid, "streamId" uuid, "destinationId" uuid, at timestamptz, position bigint,
      kind text, code text, message text, "remoteWords" text, actor text)
    ON CONFLICT (id) DO NOTHING
    RETURNING id`;
  const isNew = new Set(written.map(({ id }) => id));
  const drafts = await draftsOf(
    queries,
    events.filter(({ id }) => isNew.has(id)),
    owners,
  );
  await writeOutward(queries, drafts);
  await addDeliveries(
    queries,
    drafts.map(({ id }) => id),
  );
}

/** Whose the streams are; also of those that were deleted. */
export async function streamOwners(
  queries: Queries,
  streamIds: readonly string[],
): Promise<ReadonlyMap<string, StreamOwner>> {
  const rows = await queries.stream.findMany({
    where: { id: { in: [...new Set(streamIds)].filter(isId) } },
    select: { id: true, name: true, workspaceId: true },
  });
  return new Map(rows.map(({ id, ...owner }) => [id, owner]));
}

/**
 * Gives each event the next number of its workspace and keeps it. The workspace's row is locked
 * until the transaction ends: so the order of numbers is the order in which they can be read, and
 * none is left out. Rows are locked in the order of their ids, so that two writers never wait for
 * one another.
 */
export async function writeOutward(
  queries: Queries,
  drafts: readonly OutwardDraft[],
): Promise<readonly OutwardEvent[]> {
  if (drafts.length === 0) return [];
  const next = await takeNumbers(queries, drafts);
  const events = drafts.map((draft): OutwardEvent => {
    const sequence = next.get(draft.workspaceId) ?? 0;
    next.set(draft.workspaceId, sequence + 1);
    return { ...draft, sequence };
  });
  const rows = events.map((event) => ({ ...event, payload: event }));
  await queries.$executeRaw`
    INSERT INTO outbox_events (id, workspace_id, sequence, at, type, payload)
    SELECT id, "workspaceId", sequence, at, type, payload
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (id uuid, "workspaceId" uuid,
      sequence bigint, at timestamptz, type text, payload jsonb)`;
  return events;
}

/** The first number for each workspace. */
async function takeNumbers(
  queries: Queries,
  drafts: readonly OutwardDraft[],
): Promise<Map<string, number>> {
  const counts = Map.groupBy(drafts, ({ workspaceId }) => workspaceId);
  const ids = [...counts.keys()];
  await queries.$queryRaw`
    SELECT id FROM workspaces WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  const taken = [...counts].map(([id, { length }]) => ({ id, count: length }));
  const advanced = await queries.$queryRaw<{ id: string; first: bigint }[]>`
    UPDATE workspaces SET event_sequence = event_sequence + count
    FROM jsonb_to_recordset(${JSON.stringify(taken)}::jsonb) AS taken (id uuid, count bigint)
    WHERE workspaces.id = taken.id
    RETURNING workspaces.id, event_sequence - count + 1 AS first`;
  return new Map(advanced.map(({ id, first }) => [id, Number(first)]));
}

/** One for each endpoint that is on and asks for such events, of all streams or of this one. */
export async function addDeliveries(queries: Queries, eventIds: readonly string[]): Promise<void> {
  if (eventIds.length === 0) return;
  await queries.$executeRaw`
    INSERT INTO webhook_deliveries (id, workspace_id, endpoint_id, event_id, sequence,
      next_try_at, give_up_at)
    SELECT gen_random_uuid(), event.workspace_id, endpoint.id, event.id, event.sequence,
      now(), now() + make_interval(hours => ${GIVE_UP_AFTER_HOURS}::int)
    FROM outbox_events AS event
    JOIN webhook_endpoints AS endpoint ON endpoint.workspace_id = event.workspace_id
    WHERE event.id = ANY(${[...eventIds]}::uuid[])
      AND endpoint.enabled AND endpoint.deleted_at IS NULL
      AND event.type = ANY(endpoint.kinds)
      AND (endpoint.stream_id IS NULL
        OR endpoint.stream_id = (event.payload #>> '{stream,id}')::uuid)
    ON CONFLICT (endpoint_id, event_id) DO NOTHING`;
}

async function draftsOf(
  queries: Queries,
  events: readonly NewEvent[],
  owners: ReadonlyMap<string, StreamOwner>,
): Promise<OutwardDraft[]> {
  const ids = events.flatMap(({ destinationId }) => destinationId ?? []);
  const destinations = await queries.destination.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true, platform: true },
  });
  const destinationOf = new Map(destinations.map((one) => [one.id, one]));
  return events.flatMap((event) => {
    const owner = owners.get(event.streamId);
    if (owner === undefined) return [];
    const { id, at, code, message, remoteWords, actor, broadcastId, streamId } = event;
    return {
      id,
      type: typeOf(event),
      at: at.toISOString(),
      workspaceId: owner.workspaceId,
      stream: { id: streamId, name: owner.name },
      broadcastId,
      destination: destinationOf.get(event.destinationId ?? '') ?? null,
      code,
      message,
      remoteWords,
      actor,
    };
  });
}

function typeOf({ kind, code, needsPerson }: NewEvent): EventType {
  if (kind === 'action' && !code.startsWith('SCHEDULE_')) return 'operator.action';
  if (!isFailureCode(code)) return eventTypeOf(code, null);
  if (needsPerson === undefined) return eventTypeOf(code, failureOf(code).class);
  return needsPerson ? 'push.needs_attention' : 'push.retrying';
}
