import { newId, openDatabase } from '#persistence';
import type { Destination, Stream } from '#contracts';
import type { NewInvitation } from '#control';
import { ask, newPerson, newToken, newWorkspace } from './api-people.ts';
import type { Person } from './api-people.ts';
import type { ApiUnderTest } from './api-under-test.ts';

/** A workspace with one of everything. */
export interface FullWorkspace {
  readonly id: string;
  readonly owner: Person;
  /** By the noun that stands before an id in a path. */
  readonly ids: Readonly<Record<string, string>>;
}

const AT = '2026-11-20T10:00:00.000Z';

export async function fullWorkspace(api: ApiUnderTest): Promise<FullWorkspace> {
  const id = await newWorkspace(api, 'Full');
  const owner = await newPerson(api, id, 'owner');
  const { id: memberId } = await newPerson(api, id, 'viewer');
  const post = <Body>(path: string, body: object) =>
    ask<Body>(api, owner.headers, 'POST', path, body);
  const stream = await post<Stream>('/streams', { name: 'Show' });
  const destination = await post<Destination>(`/streams/${stream.id}/destinations`, {
    name: 'Main',
    platform: 'custom',
    url: 'rtmp://93.184.215.14/live',
    streamKey: 'abcd-efgh-ijkl-mnop',
  });
  const invitation = await post<NewInvitation>('/invitations', {
    email: 'guest@example.org',
    role: 'viewer',
  });
  const token = await newToken(api, owner.headers, ['streams:read']);
  const broadcastId = await withHistory(api, stream.id, destination.id);
  const rows = await withRows(api, id, stream.id, destination.id);
  const [[key], [session]] = await Promise.all([
    api.database.query('SELECT id FROM ingest_keys WHERE stream_id = $1', [stream.id]),
    api.database.query('SELECT id FROM sessions WHERE user_id = $1', [owner.id]),
  ]);
  return {
    id,
    owner,
    ids: {
      ...rows,
      streams: stream.id,
      destinations: destination.id,
      broadcasts: broadcastId,
      keys: String(key?.['id']),
      members: memberId,
      invitations: invitation.id,
      tokens: token.id,
      sessions: String(session?.['id']),
      users: owner.id,
      workspaces: id,
    },
  };
}

async function withHistory(
  api: ApiUnderTest,
  streamId: string,
  destinationId: string,
): Promise<string> {
  const database = openDatabase({ url: api.database.url });
  const [broadcastId, attemptId] = [newId(), newId()];
  const nodeId = 'node';
  await database.system.history.write([
    { kind: 'broadcast-started', id: broadcastId, streamId, streamName: 'Show', nodeId, at: AT },
    {
      kind: 'attempt-started',
      id: attemptId,
      broadcastId,
      destinationId,
      destinationName: 'Main',
      nodeId,
      number: 1,
      at: AT,
    },
    {
      kind: 'event',
      id: newId(),
      broadcastId,
      streamId,
      destinationId,
      at: AT,
      position: Date.parse(AT),
      about: 'push',
      code: 'PUSH_LIVE',
      message: 'live',
    },
  ]);
  await database.close();
  return broadcastId;
}

/** What no relay has to be asked for, past the API: it must not be in its way. */
async function withRows(
  api: ApiUnderTest,
  workspaceId: string,
  streamId: string,
  destinationId: string,
) {
  const ids = { webhooks: newId(), deliveries: newId(), schedules: newId() };
  const [eventId, { query }] = [newId(), api.database];
  await query(
    `INSERT INTO webhook_endpoints
       (id, workspace_id, name, format, target_sealed, target_hint, kinds, updated_at)
     VALUES ($1, $2, 'Hook', 'standard', 'v1.x.y', 'example.org', '{push.live}', now())`,
    [ids.webhooks, workspaceId],
  );
  await query(
    `INSERT INTO outbox_events (id, workspace_id, sequence, at, type, payload)
     VALUES ($1, $2, 900, now(), 'push.live', '{}')`,
    [eventId, workspaceId],
  );
  await query(
    `INSERT INTO webhook_deliveries
       (id, workspace_id, endpoint_id, event_id, sequence, state, next_try_at, give_up_at)
     VALUES ($1, $2, $3, $4, 900, 'dead', now(), now())`,
    [ids.deliveries, workspaceId, ids.webhooks, eventId],
  );
  await query(
    `INSERT INTO schedules (id, workspace_id, stream_id, name, time_zone, recurrence, weekdays,
                            starts_at_minute, duration_minutes, updated_at)
     VALUES ($1, $2, $3, 'Weekly', 'UTC', 'weekly', 1, 600, 60, now())`,
    [ids.schedules, workspaceId, streamId],
  );
  await query(
    `INSERT INTO schedule_edges (id, schedule_id, destination_id, kind, offset_minutes)
     VALUES ($1, $2, $3, 'start', 0)`,
    [newId(), ids.schedules, destinationId],
  );
  return ids;
}

/** Rows of tables that do not name their workspace themselves. */
const BY_PARENT: Readonly<Record<string, string>> = {
  workspaces: 'id = $1',
  users: 'id IN (SELECT user_id FROM memberships WHERE workspace_id = $1)',
  sessions: 'user_id IN (SELECT user_id FROM memberships WHERE workspace_id = $1)',
  attempts: 'broadcast_id IN (SELECT id FROM broadcasts WHERE workspace_id = $1)',
  statistics_seconds: 'broadcast_id IN (SELECT id FROM broadcasts WHERE workspace_id = $1)',
  schedule_edges: 'schedule_id IN (SELECT id FROM schedules WHERE workspace_id = $1)',
};

/** Of every row that a workspace has, by table. Two that are equal: nothing was changed. */
export async function fingerprintOf(
  api: ApiUnderTest,
  workspaceId: string,
): Promise<Record<string, unknown>> {
  const columns = await api.database.query(
    `SELECT table_name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'workspace_id'`,
  );
  const conditions = new Map([
    ...columns.map((row) => [String(row['table_name']), 'workspace_id = $1'] as const),
    ...Object.entries(BY_PARENT),
  ]);
  const prints: Record<string, unknown> = {};
  for (const [table, condition] of conditions) {
    const [row] = await api.database.query(
      `SELECT count(*)::int, md5(string_agg(row_to_json(t)::text, ',' ORDER BY t::text)) AS md5
         FROM ${table} t WHERE ${condition}`,
      [workspaceId],
    );
    prints[table] = row;
  }
  return prints;
}

/** Every id that one of its rows has. */
export async function everyIdOf(api: ApiUnderTest, workspaceId: string): Promise<string[]> {
  const columns = await api.database.query(
    `SELECT one.table_name FROM information_schema.columns one
       JOIN information_schema.columns other USING (table_schema, table_name)
      WHERE one.table_schema = 'public' AND one.column_name = 'workspace_id'
        AND other.column_name = 'id'`,
  );
  const ids: string[] = [workspaceId];
  for (const row of columns) {
    const rows = await api.database.query(
      `SELECT id FROM ${String(row['table_name'])} WHERE workspace_id = $1`,
      [workspaceId],
    );
    ids.push(...rows.map((each) => String(each['id'])));
  }
  return ids;
}
