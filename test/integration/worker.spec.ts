import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_WORKSPACE_ID } from '#contracts';
import type { PreflightResult } from '#contracts';
import { systemClock } from '#kernel';
import type { Timers } from '#kernel';
import { openLive } from '#live';
import { createLogger } from '#observability';
import { newId, openDatabase } from '#persistence';
import type { HistoryRecord, StatisticsRecord } from '#persistence';
import { openQueues, type Maintenance } from '#queue';
import { MasterKey } from '#vault';
import { readWorkerEnvironment } from '../../apps/worker/src/env.ts';
import { LOOK_AGAIN_MS, OrphanClosing } from '../../apps/worker/src/maintenance/orphan-closing.ts';
import { Retention } from '../../apps/worker/src/maintenance/retention.ts';
import type { DestinationTester } from '../../apps/worker/src/preflight/destination-tester.ts';
import type { Resources } from '../../apps/worker/src/resources.ts';
import { RollUp } from '../../apps/worker/src/statistics/roll-up.ts';
import { WorkerModule } from '../../apps/worker/src/worker.module.ts';
import { freshDatabase } from './fresh-database.ts';
import type { FreshDatabase } from './fresh-database.ts';
import { startOwnRedis } from './own-redis.ts';
import type { OwnRedis } from './own-redis.ts';

const DAY_MS = 86_400_000;
const found: PreflightResult = { ok: true, steps: [], error: null };

let fresh: FreshDatabase;
let redis: OwnRedis;
let resources: Resources;
let app: INestApplicationContext;
let log: string[];
/** What happens between one look at who is there, numbered from 1, and the next. */
let meanwhile: (look: number) => Promise<void>;
let tested: string[];
/** From then on what is due is done. */
let startBeats: () => void;

beforeEach(async () => {
  [fresh, redis] = await Promise.all([freshDatabase(), startOwnRedis()]);
  [log, tested] = [[], []];
  meanwhile = () => Promise.resolve();
  let looks = 0;
  const timers: Timers = {
    after(delayMs, task) {
      if (delayMs === LOOK_AGAIN_MS) void meanwhile((looks += 1)).then(task);
      return () => undefined;
    },
  };
  const destinationTester: DestinationTester = {
    async test(destinationId) {
      tested.push(destinationId);
      return found;
    },
  };
  const queues = openQueues({ url: redis.url, onFault: () => undefined });
  // The worker's own beats would do beside a test what the test is about.
  const whenTold: Maintenance['consume'] = (handle) => {
    startBeats = () => void queues.maintenance.consume(handle);
    return { close: () => Promise.resolve() };
  };
  resources = {
    environment: readWorkerEnvironment({ DATABASE_URL: fresh.url, REDIS_URL: redis.url }),
    logger: createLogger({
      app: 'worker',
      level: 'debug',
      destination: { write: (line) => void log.push(line) },
    }),
    clock: systemClock,
    timers,
    database: openDatabase({ url: fresh.url }),
    live: openLive({ url: redis.url, onFault: () => undefined }),
    queues: { ...queues, maintenance: { ...queues.maintenance, consume: whenTold } },
    masterKey: MasterKey.fromBase64(randomBytes(32).toString('base64')),
    postJson: () => Promise.reject(new Error('nobody is called here')),
    destinationTester,
  };
  // A first connection to Redis may take longer than one answer is waited for.
  await vi.waitFor(() => resources.live.presence.nodes(), { timeout: 10_000 });
  app = await NestFactory.createApplicationContext(WorkerModule.with(resources), { logger: false });
});
afterEach(async () => {
  await app.close();
  await Promise.all([redis.stop(), fresh.drop()]);
});

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

/** A broadcast with one attempt and one event, each `days` old; under way unless ended. */
function history(days: number, { nodeId = 'node', ended = true } = {}) {
  const [broadcastId, attemptId] = [newId(), newId()];
  const at = daysAgo(days);
  const streamId = newId();
  const records: HistoryRecord[] = [
    { kind: 'broadcast-started', id: broadcastId, streamId, streamName: 'Show', nodeId, at },
    {
      kind: 'attempt-started',
      id: attemptId,
      broadcastId,
      destinationId: newId(),
      destinationName: 'Main',
      nodeId,
      number: 1,
      at,
    },
    {
      kind: 'event',
      id: newId(),
      broadcastId,
      streamId,
      at,
      position: Date.parse(at),
      about: 'push',
      code: 'PUSH_LIVE',
      message: 'live',
    },
  ];
  if (!ended) return { broadcastId, records };
  records.push(
    { kind: 'broadcast-ended', id: broadcastId, at, reason: 'ended_by_owner' },
    {
      kind: 'attempt-ended',
      id: attemptId,
      at,
      publishedAt: at,
      code: 'ENDED',
      class: 'ended',
      message: 'ended',
      bytesWritten: 1,
    },
  );
  return { broadcastId, records };
}

const announce = (nodeId: string) =>
  resources.live.presence.announceNode({ nodeId, startedAt: daysAgo(0), lanes: 1, streams: 1 });

const endOf = (broadcastId: string) =>
  fresh.query('SELECT ended_at FROM broadcasts WHERE id = $1', [broadcastId]);
const rowsIn = async (table: string) => (await fresh.query(`SELECT id FROM ${table}`)).length;

test('what ended longer ago than is kept goes; what is newer, or under way, stays', async () => {
  const [old, recent] = [history(91), history(89)];
  const { broadcastId, records } = history(100, { ended: false });
  // Its node lives: else the beat that ends what gone nodes left open could come in between.
  await announce('node');
  await resources.database.system.history.write([...old.records, ...recent.records, ...records]);
  await app.get(Retention).run();
  expect(await fresh.query('SELECT id FROM broadcasts ORDER BY started_at')).toEqual([
    { id: broadcastId },
    { id: recent.broadcastId },
  ]);
  expect([await rowsIn('attempts'), await rowsIn('events')]).toEqual([2, 2]);
  expect(log.join('')).toContain('"broadcasts":1');
});

test('sessions that are over are removed', async () => {
  const user = await resources.database.system.users.createFirst({
    email: 'owner@example.org',
    passwordHash: 'x',
  });
  for (const expiresAt of [daysAgo(1), daysAgo(-1)]) {
    await resources.database.system.sessions.create({
      userId: user?.id ?? '',
      tokenHash: expiresAt,
      createdAt: new Date(),
      expiresAt: new Date(expiresAt),
    });
  }
  await app.get(Retention).run();
  expect(await rowsIn('sessions')).toBe(1);
});

test('who did what is kept for a year, whatever is kept of the rest', async () => {
  for (const days of [364, 366]) {
    await resources.database.system.audit.write({
      workspaceId: null,
      at: new Date(daysAgo(days)),
      actorKind: 'user',
      actorId: 'ada',
      actorName: 'Ada',
      action: `done.${days}`,
      targetKind: null,
      targetId: null,
      targetName: null,
      address: null,
      requestId: null,
      detail: {},
    });
  }
  await app.get(Retention).run();
  expect(await fresh.query('SELECT action FROM audit_entries')).toEqual([{ action: 'done.364' }]);
});

test('what a gone node left open is ended, and what a living node does is left alone', async () => {
  const [gone, living] = [
    history(0, { nodeId: 'gone', ended: false }),
    history(0, { nodeId: 'living', ended: false }),
  ];
  await resources.database.system.history.write([...gone.records, ...living.records]);
  await announce('living');
  await app.get(OrphanClosing).run();
  const open = await fresh.query('SELECT id FROM broadcasts WHERE ended_at IS NULL');
  expect(open).toEqual([{ id: living.broadcastId }]);
  expect(
    await fresh.query('SELECT end_reason FROM broadcasts WHERE id = $1', [gone.broadcastId]),
  ).toEqual([{ end_reason: 'relay-stopped' }]);
});

test('a node that one look has found is not gone, also where Redis forgets it again', async () => {
  const { broadcastId, records } = history(0, { nodeId: 'blinking', ended: false });
  await resources.database.system.history.write(records);
  meanwhile = async (look) => {
    if (look === 2) await announce('blinking');
    if (look === 3) await resources.live.presence.withdrawNode('blinking');
  };
  await app.get(OrphanClosing).run();
  expect(await endOf(broadcastId)).toEqual([{ ended_at: null }]);
});

test('a node that Redis cannot see, and that goes on writing figures, is not gone', async () => {
  const [hidden, gone] = [
    history(0, { nodeId: 'hidden', ended: false }),
    history(0, { nodeId: 'gone', ended: false }),
  ];
  const figures = (broadcastId: string, atMs: number): StatisticsRecord => ({
    kind: 'statistics',
    streamId: newId(),
    broadcastId,
    destinationId: null,
    at: new Date(atMs).toISOString(),
    kbps: [1],
    lagMs: [0],
    dropped: [0],
    reconnects: 0,
    bytes: 125,
  });
  meanwhile = () =>
    resources.database.system.statistics.write([figures(hidden.broadcastId, Date.now() + 5_000)]);
  await resources.database.system.history.write([...hidden.records, ...gone.records]);
  await resources.database.system.statistics.write([
    figures(gone.broadcastId, Date.now() - 60_000),
  ]);
  await app.get(OrphanClosing).run();
  expect(await endOf(hidden.broadcastId)).toEqual([{ ended_at: null }]);
  expect(await endOf(gone.broadcastId)).not.toEqual([{ ended_at: null }]);
});

test('events of a broadcast that is under way are kept, however old', async () => {
  const [over, live] = [history(100), history(100, { ended: false })];
  await announce('node');
  await resources.database.system.history.write([...over.records, ...live.records]);
  await app.get(Retention).run();
  expect(await fresh.query('SELECT broadcast_id FROM events')).toEqual([
    { broadcast_id: live.broadcastId },
  ]);
});

test('events that went out are kept for 30 days, with what became of them', async () => {
  for (const days of [31, 29]) {
    const event = newId();
    await fresh.query(
      `INSERT INTO outbox_events (id, workspace_id, sequence, at, type, payload)
        VALUES ($1, $2, $3, $4, 'push.live', '{}')`,
      [event, DEFAULT_WORKSPACE_ID, days, daysAgo(days)],
    );
  }
  await app.get(Retention).run();
  expect(await fresh.query('SELECT sequence::int FROM outbox_events')).toEqual([{ sequence: 29 }]);
});

test('figures of a minute are kept as long as history, finer ones for hours', async () => {
  const { broadcastId, records } = history(0);
  await resources.database.system.history.write(records);
  const ofDay = (days: number): StatisticsRecord => ({
    kind: 'statistics',
    streamId: newId(),
    broadcastId,
    destinationId: null,
    at: daysAgo(days),
    kbps: [1],
    lagMs: [0],
    dropped: [0],
    reconnects: 0,
    bytes: 125,
  });
  await resources.database.system.statistics.write([91, 89, 0].map(ofDay));
  await app.get(RollUp).run();
  await app.get(Retention).run();
  const kept = 'SELECT resolution, count(*)::int FROM statistics_buckets GROUP BY 1 ORDER BY 1';
  expect(await fresh.query(kept)).toEqual([
    { resolution: 10, count: 1 },
    { resolution: 60, count: 2 },
  ]);
  expect(await fresh.query('SELECT 1 AS one FROM statistics_seconds')).toHaveLength(1);
});

test('while Redis is away nobody is declared gone', async () => {
  const { broadcastId, records } = history(0, { nodeId: 'unknown', ended: false });
  await resources.database.system.history.write(records);
  meanwhile = () => redis.stop();
  await expect(app.get(OrphanClosing).run()).rejects.toMatchObject({
    code: 'LIVE_STORE_UNAVAILABLE',
  });
  expect(await fresh.query('SELECT ended_at FROM broadcasts WHERE id = $1', [broadcastId])).toEqual(
    [{ ended_at: null }],
  );
});

test('maintenance becomes due by itself', async () => {
  startBeats();
  await vi.waitFor(() => expect(log.join('')).toContain('"msg":"retention"'), { timeout: 10_000 });
});

test('destinations are tested for who asks', async () => {
  const destinationId = newId();
  expect(await resources.queues.preflight.request({ destinationId, publish: false })).toEqual(
    found,
  );
  expect(tested).toEqual([destinationId]);
});
