import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId, openDatabase } from '#persistence';
import type { Database, HistoryRecord } from '#persistence';
import { freshDatabase } from './fresh-database.ts';
import type { FreshDatabase } from './fresh-database.ts';

const AT = '2026-11-21T10:00:00.000Z';

let fresh: FreshDatabase;
let database: Database;
let workspaceId: string;
let streamId: string;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase({ url: fresh.url });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});
beforeEach(async () => {
  workspaceId = await newWorkspace();
  streamId = await newStream(workspaceId);
});

async function newWorkspace(): Promise<string> {
  const id = newId();
  const sql = `INSERT INTO workspaces (id, name, updated_at) VALUES ($1, 'Team', now())`;
  await fresh.query(sql, [id]);
  return id;
}

async function newStream(workspace: string): Promise<string> {
  const id = newId();
  const sql = `INSERT INTO streams (id, workspace_id, name, grace_seconds, updated_at)
    VALUES ($1, $2, 'Show', 30, now())`;
  await fresh.query(sql, [id, workspace]);
  return id;
}

async function newDestination(): Promise<string> {
  const id = newId();
  const sql = `INSERT INTO destinations (id, workspace_id, stream_id, name, platform, url,
    sealed_key, key_hint, enabled, updated_at)
    VALUES ($1, $2, $3, 'Main', 'twitch', 'rtmps://x', 'sealed', 'hint', true, now())`;
  await fresh.query(sql, [id, workspaceId, streamId]);
  return id;
}

async function newEndpoint(
  kinds: readonly string[],
  { of = workspaceId, only = null as string | null, enabled = true, deleted = false } = {},
): Promise<string> {
  const id = newId();
  const sql = `INSERT INTO webhook_endpoints (id, workspace_id, name, format, target_sealed,
    target_hint, kinds, stream_id, enabled, updated_at, deleted_at)
    VALUES ($1, $2, 'Hook', 'standard', 'sealed', 'hint', $3, $4, $5, now(), $6)`;
  await fresh.query(sql, [id, of, [...kinds], only, enabled, deleted ? new Date(AT) : null]);
  return id;
}

type EventRecord = Extract<HistoryRecord, { readonly kind: 'event' }>;

let position = Date.parse(AT);
const event = (more: Partial<EventRecord> = {}): EventRecord => ({
  kind: 'event',
  id: newId(),
  broadcastId: newId(),
  streamId,
  at: AT,
  position: (position += 1),
  about: 'push',
  code: 'PUSH_LIVE',
  message: 'Main is live.',
  ...more,
});

const outbox = (of = workspaceId) =>
  fresh.query(
    `SELECT id, sequence::int, type, payload FROM outbox_events WHERE workspace_id = $1
      ORDER BY sequence`,
    [of],
  );
const deliveries = (endpointId: string) =>
  fresh.query(
    `SELECT event_id AS id, sequence::int FROM webhook_deliveries WHERE endpoint_id = $1
      ORDER BY sequence`,
    [endpointId],
  );
const sequences = async (of = workspaceId) => (await outbox(of)).map(({ sequence }) => sequence);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('the outbox', () => {
  it('holds what goes out of each new event, numbered from 1 in their order', async () => {
    const destinationId = await newDestination();
    const first = event({ destinationId, code: 'KEY_REJECTED', remoteWords: 'no such key ***' });
    const second = event({ about: 'broadcast', code: 'BROADCAST_ENDED', message: 'It ended.' });
    await database.system.history.write([first, second]);
    const rows = await outbox();
    expect(rows.map(({ id, sequence, type }) => [id, sequence, type])).toEqual([
      [first.id, 1, 'push.needs_attention'],
      [second.id, 2, 'broadcast.ended'],
    ]);
    expect(rows[0]?.['payload']).toEqual({
      id: first.id,
      sequence: 1,
      type: 'push.needs_attention',
      at: AT,
      workspaceId,
      stream: { id: streamId, name: 'Show' },
      broadcastId: first.broadcastId,
      destination: { id: destinationId, name: 'Main', platform: 'twitch' },
      code: 'KEY_REJECTED',
      message: 'Main is live.',
      remoteWords: 'no such key ***',
      actor: null,
    });
  });

  it('calls for a person when the push does, not at every failure of such a kind', async () => {
    const code = 'KEY_REJECTED';
    const failures = [{ needsPerson: false }, { needsPerson: true }, {}];
    await database.system.history.write(failures.map((more) => event({ code, ...more })));
    expect((await outbox()).map(({ type }) => type)).toEqual([
      'push.retrying',
      'push.needs_attention',
      'push.needs_attention',
    ]);
  });

  it('is the same when a batch is written twice', async () => {
    const endpoint = await newEndpoint(['push.live']);
    const batch = [event(), event()];
    await database.system.history.write(batch);
    await database.system.history.write(batch);
    await database.system.history.write([...batch, event()]);
    expect(await sequences()).toEqual(upTo(3));
    expect(await deliveries(endpoint)).toHaveLength(3);
  });

  it('has no gap and no number twice when many write at once', async () => {
    const other = await newWorkspace();
    const otherStream = await newStream(other);
    const batches = Array.from({ length: 12 }, (_, writer) => {
      // Writers come upon the two workspaces in different orders.
      const mixed = [event({ streamId: otherStream }), event(), event()];
      return writer % 2 === 0 ? mixed : mixed.toReversed();
    });
    const writes = [...batches, ...batches].map((batch) => database.system.history.write(batch));
    await Promise.all(writes);
    expect(await sequences()).toEqual(upTo(24));
    expect(await sequences(other)).toEqual(upTo(12));
  });

  it('numbers what one writer says in the order in which it says it', async () => {
    const said = Array.from({ length: 50 }, () => event());
    await database.system.history.write(said.slice(0, 25));
    await database.system.history.write(said.slice(25));
    expect((await outbox()).map(({ id }) => id)).toEqual(said.map(({ id }) => id));
  });

  it('has a delivery for each endpoint that is on and asks for such events', async () => {
    const [all, other, off, gone, elsewhere, mine, notMine] = [
      await newEndpoint(['push.live', 'broadcast.ended']),
      await newEndpoint(['broadcast.ended']),
      await newEndpoint(['push.live'], { enabled: false }),
      await newEndpoint(['push.live'], { deleted: true }),
      await newEndpoint(['push.live'], { of: await newWorkspace() }),
      await newEndpoint(['push.live'], { only: streamId }),
      await newEndpoint(['push.live'], { only: newId() }),
    ];
    const live = event();
    await database.system.history.write([live]);
    for (const endpoint of [all, mine]) {
      expect(await deliveries(endpoint)).toEqual([{ id: live.id, sequence: 1 }]);
    }
    for (const endpoint of [other, off, gone, elsewhere, notMine]) {
      expect(await deliveries(endpoint)).toEqual([]);
    }
  });

  it('keeps events of a stream that nobody knows, and tells nobody of them', async () => {
    const unknown = event({ streamId: newId() });
    await database.system.history.write([unknown]);
    expect(await fresh.query('SELECT id FROM outbox_events WHERE id = $1', [unknown.id])).toEqual(
      [],
    );
    expect(
      await fresh.query('SELECT workspace_id FROM events WHERE id = $1', [unknown.id]),
    ).toEqual([{ workspace_id: null }]);
  });

  it('writes nothing at all when a part of it cannot be written', async () => {
    const good = event();
    const bad = event({ id: 'no id' });
    await expect(database.system.history.write([good, bad])).rejects.toThrow('uuid');
    expect(await outbox()).toEqual([]);
    expect(await fresh.query('SELECT id FROM events WHERE id = $1', [good.id])).toEqual([]);
  });
});

describe('what somebody asked for', () => {
  const asked = (more: object = {}) => ({
    workspaceId,
    streamId,
    broadcastId: null,
    code: 'PUSH_STOP_ASKED',
    message: 'Main was told to stop.',
    actor: 'owner@example.org',
    at: new Date(AT),
    ...more,
  });

  it('stands in the timeline of the broadcast that is under way, and goes out', async () => {
    const [before, now] = [newId(), newId()];
    const begun = { kind: 'broadcast-started', streamId, streamName: 'Show', nodeId: 'n' } as const;
    await database.system.history.write([
      { ...begun, id: before, at: '2026-11-21T09:59:00.000Z' },
      { kind: 'broadcast-ended', id: before, at: AT, reason: 'end-now' },
      { ...begun, id: now, at: AT },
    ]);
    await database.system.history.recordAction(asked());
    const rows = await fresh.query('SELECT kind, actor FROM events WHERE broadcast_id = $1', [now]);
    expect(rows).toEqual([{ kind: 'action', actor: 'owner@example.org' }]);
    expect(await outbox()).toMatchObject([
      { type: 'operator.action', payload: { actor: 'owner@example.org', broadcastId: now } },
    ]);
  });

  it('stands in the one that it has ended meanwhile', async () => {
    const id = newId();
    await database.system.history.write([
      { kind: 'broadcast-started', id, streamId, streamName: 'Show', nodeId: 'n', at: AT },
      { kind: 'broadcast-ended', id, at: '2026-11-21T10:00:01.000Z', reason: 'end-now' },
    ]);
    expect(await database.system.history.recordAction(asked())).toBe(id);
    const later = new Date('2026-11-21T10:00:01.001Z');
    expect(await database.system.history.recordAction(asked({ at: later }))).toBeNull();
  });

  it('is kept, of no broadcast, while nothing is live', async () => {
    await database.system.history.recordAction(asked());
    expect(await outbox()).toMatchObject([{ payload: { broadcastId: null } }]);
  });

  it('is not written for a stream of another workspace', async () => {
    await database.system.history.recordAction(asked({ workspaceId: await newWorkspace() }));
    expect(await outbox()).toEqual([]);
  });
});

describe('closing what a dead relay left open', () => {
  it('is told once, however many find it', async () => {
    const id = newId();
    await database.system.history.write([
      { kind: 'broadcast-started', id, streamId, streamName: 'Show', nodeId: 'dead', at: AT },
    ]);
    const at = new Date('2026-11-21T10:01:00.000Z');
    const closed = await Promise.all(
      [1, 2, 3].map(() => database.system.history.closeOrphans('dead', at)),
    );
    expect(closed.reduce((sum, { broadcasts }) => sum + broadcasts, 0)).toBe(1);
    expect(await outbox()).toMatchObject([{ type: 'broadcast.ended', sequence: 1 }]);
  });
});
