import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_WORKSPACE_ID } from '#contracts';
import type { BroadcastDetail, BroadcastEvent, Page, Stream } from '#contracts';
import { Secret } from '#kernel';
import { migrate, newId } from '#persistence';
import {
  hashIngestKey,
  hashPassword,
  hashToken,
  MasterKey,
  newIngestKey,
  newToken,
  openKey,
  sealKey,
} from '#vault';
import { ask, cookieOf, PASSWORD } from './api-people.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { freshDatabase } from './fresh-database.ts';

const MIGRATIONS = join(import.meta.dirname, '../../prisma/migrations');
/** The first that knows workspaces. */
const CONTROL_PLANE = '20261121203226_control_plane';
const EVENTS = 5_000;
const TABLES = [
  ...['users', 'sessions', 'streams', 'slates', 'ingest_keys', 'destinations'],
  ...['idempotency_keys', 'broadcasts', 'attempts', 'events'],
];

const [ada, bob] = [newId(), newId()];
const [live, gone] = [newId(), newId()];
const [sealed, wiped] = [newId(), newId()];
const [broadcastId, attemptId] = [newId(), newId()];
const [session, ingestKey, streamKey] = [newToken(), newIngestKey(), 'abcd-efgh-ijkl-mnop'];

let api: ApiUnderTest;
let before: Record<string, unknown>;

const query = (sql: string, values: readonly unknown[] = []) => api.database.query(sql, values);
const counts = async () =>
  Object.fromEntries(
    await Promise.all(
      TABLES.map(async (table) => {
        const [row] = await query(`SELECT count(*)::int AS rows FROM ${table}`);
        return [table, row?.['rows']] as const;
      }),
    ),
  );

beforeAll(async () => {
  api = await startApi({}, { migrated: false });
  const folder = await mkdtemp(join(tmpdir(), 'earlier-'));
  const earlier = (await readdir(MIGRATIONS)).filter((name) => name < CONTROL_PLANE);
  for (const name of earlier) {
    await cp(join(MIGRATIONS, name), join(folder, name), { recursive: true });
  }
  await migrate({ url: api.database.url, folder });
  await rm(folder, { recursive: true });
  await writeAsBefore();
  before = await counts();
  await migrate({ url: api.database.url });
});
afterAll(() => api.close());

/** As the version without workspaces wrote it. */
async function writeAsBefore(): Promise<void> {
  const hash = await hashPassword(new Secret(PASSWORD));
  for (const [id, email] of [
    [ada, 'ada@example.org'],
    [bob, 'bob@example.org'],
  ]) {
    await query(
      `INSERT INTO users (id, email, password_hash, updated_at) VALUES ($1, $2, $3, now())`,
      [id, email, hash],
    );
  }
  await query(
    `INSERT INTO sessions (id, user_id, token_hash, last_seen_at, expires_at)
     VALUES ($1, $2, $3, now(), now() + interval '1 day')`,
    [newId(), ada, hashToken(session)],
  );
  await writeStreams();
  await writeHistory();
}

async function writeStreams(): Promise<void> {
  for (const [id, name, deletedAt] of [
    [live, 'Live', null],
    [gone, 'Gone', new Date()],
  ]) {
    await query(
      `INSERT INTO streams (id, name, grace_seconds, updated_at, deleted_at)
       VALUES ($1, $2, 30, now(), $3)`,
      [id, name, deletedAt],
    );
  }
  await query(
    `INSERT INTO ingest_keys (id, stream_id, key_hash, key_hint) VALUES ($1, $2, $3, $4)`,
    [newId(), live, hashIngestKey(ingestKey), ingestKey.hint()],
  );
  await query(
    `INSERT INTO slates (stream_id, sha256, mime, image) VALUES ($1, 'abc', 'image/png', $2)`,
    [live, Buffer.from('picture')],
  );
  const masterKey = api.app.get(MasterKey);
  for (const [id, streamId, sealedKey] of [
    [sealed, live, sealKey(masterKey, sealed, new Secret(streamKey))],
    [wiped, gone, ''],
  ]) {
    await query(
      `INSERT INTO destinations
         (id, stream_id, name, platform, url, sealed_key, key_hint, enabled, updated_at)
       VALUES ($1, $2, 'Main', 'custom', 'rtmp://93.184.215.14/live', $3, 'mnop', true, now())`,
      [id, streamId, sealedKey],
    );
  }
}

async function writeHistory(): Promise<void> {
  await query(
    `INSERT INTO idempotency_keys (id, principal, key, request_hash, status, sealed_answer)
     VALUES ($1, $2, 'once', 'x', 201, 'v1.x.y')`,
    [newId(), `user:${ada}`],
  );
  await query(
    `INSERT INTO broadcasts (id, stream_id, stream_name, node_id, started_at, ended_at, end_reason)
     VALUES ($1, $2, 'Live', 'node', '2026-11-20T10:00Z', '2026-11-20T12:00Z', 'ended')`,
    [broadcastId, live],
  );
  await query(
    `INSERT INTO attempts (id, broadcast_id, destination_id, node_id, number, started_at)
     VALUES ($1, $2, $3, 'node', 1, '2026-11-20T10:00Z')`,
    [attemptId, broadcastId, sealed],
  );
  await query(
    `INSERT INTO events (id, broadcast_id, stream_id, destination_id, at, code, message)
     SELECT gen_random_uuid(), $1, $2, CASE WHEN n % 3 = 0 THEN $3::uuid END,
            timestamptz '2026-11-20T10:00Z' + n * interval '1 second',
            (ARRAY['PUSH_LIVE', 'BROADCAST_STARTED', 'ENCODER_LOST'])[n % 3 + 1], 'event ' || n
       FROM generate_series(0, ${EVENTS - 1}) n`,
    [broadcastId, live, sealed],
  );
}

describe('a database of the version without workspaces', () => {
  it('loses no row, and all belong to the default workspace', async () => {
    expect(await counts()).toEqual(before);
    expect(before).toMatchObject({ users: 2, streams: 2, destinations: 2, events: EVENTS });
    for (const table of ['streams', 'slates', 'ingest_keys', 'destinations', 'broadcasts']) {
      expect(await query(`SELECT DISTINCT workspace_id FROM ${table}`)).toEqual([
        { workspace_id: DEFAULT_WORKSPACE_ID },
      ]);
    }
    expect(
      await query(
        `SELECT kind, count(*)::int AS rows, bool_and(workspace_id = $1) AS ours,
                bool_and(position = extract(epoch FROM at) * 1000) AS placed
           FROM events GROUP BY kind ORDER BY kind`,
        [DEFAULT_WORKSPACE_ID],
      ),
    ).toEqual([
      { kind: 'broadcast', rows: 1667, ours: true, placed: true },
      { kind: 'ingest', rows: 1666, ours: true, placed: true },
      { kind: 'push', rows: 1667, ours: true, placed: true },
    ]);
  });

  it('is owned by those who could sign in, and their passwords and sessions go on', async () => {
    const cookie = `forkcast=${session.reveal()}`;
    const known = await ask<object>(api, { cookie }, 'GET', '/session');
    expect(known).toMatchObject({
      user: { id: ada, email: 'ada@example.org', isInstanceAdmin: true },
      workspaces: [{ id: DEFAULT_WORKSPACE_ID, name: 'Default', role: 'owner' }],
    });
    const answer = await api.call('POST', '/api/v1/session', {
      body: { email: 'bob@example.org', password: PASSWORD },
    });
    expect(answer.status).toBe(200);
    await ask(api, { cookie: cookieOf(answer) }, 'GET', '/users');
  });

  it('answers as before, and its keys still open', async () => {
    const { items } = await ask<Page<Stream>>(api, asBootstrap, 'GET', '/streams');
    expect(items).toMatchObject([{ id: live, name: 'Live', graceSeconds: 30 }]);
    const detail = await ask<BroadcastDetail>(
      api,
      asBootstrap,
      'GET',
      `/broadcasts/${broadcastId}`,
    );
    expect(detail).toMatchObject({ streamName: 'Live', attempts: [{ id: attemptId }] });
    const events = await ask<Page<BroadcastEvent>>(
      api,
      asBootstrap,
      'GET',
      `/broadcasts/${broadcastId}/events?limit=3`,
    );
    expect(events.items.map(({ message }) => message)).toEqual(['event 0', 'event 1', 'event 2']);
    const [row] = await query('SELECT sealed_key FROM destinations WHERE id = $1', [sealed]);
    const opened = openKey(api.app.get(MasterKey), sealed, String(row?.['sealed_key']));
    expect(opened.reveal()).toBe(streamKey);
    await ask(api, asBootstrap, 'POST', `/streams/${live}/rotate-key`);
  });

  it('has the same shape as one that is new', async () => {
    const fresh = await freshDatabase();
    const shapeOf = async (ask: typeof query) => [
      await ask(
        `SELECT table_name, column_name, data_type, is_nullable, column_default
           FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2`,
      ),
      await ask(
        `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`,
      ),
      await ask(
        `SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
          WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2`,
      ),
    ];
    expect(await shapeOf(query)).toEqual(await shapeOf(fresh.query));
    await fresh.drop();
  });
});
