import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_WORKSPACE_ID, type RelayCommand } from '#contracts';
import { nextOccurrence, type Beginnings } from '#control';
import { systemClock, systemTimers } from '#kernel';
import { openLive, type Live } from '#live';
import { createLogger } from '#observability';
import { newId, openDatabase, type Database, type EdgeRecord } from '#persistence';
import { openQueues, type Queues } from '#queue';
import { MasterKey } from '#vault';
import { readWorkerEnvironment } from '../../apps/worker/src/env.ts';
import type { Resources } from '../../apps/worker/src/resources.ts';
import { MISSED_AFTER_MS, ScheduleDesk } from '../../apps/worker/src/schedules/schedule-desk.ts';
import { ScheduleSweep } from '../../apps/worker/src/schedules/schedule-sweep.ts';
import { WorkerModule } from '../../apps/worker/src/worker.module.ts';
import { freshDatabase, type FreshDatabase } from './fresh-database.ts';
import { startOwnRedis, type OwnRedis } from './own-redis.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let fresh: FreshDatabase;
let redis: OwnRedis;
let database: Database;
let live: Live;
let queues: Queues;
let streamId: string;
let destinationId: string;
/** What the workers' clocks show. */
let nowMs: number;
let heard: RelayCommand[];

beforeEach(async () => {
  [fresh, redis] = await Promise.all([freshDatabase(), startOwnRedis()]);
  database = openDatabase({ url: fresh.url });
  live = openLive({ url: redis.url, onFault: () => undefined });
  queues = openQueues({ url: redis.url, onFault: () => undefined });
  [streamId, destinationId] = [newId(), newId()];
  [nowMs, heard] = [Date.now(), []];
  await fresh.addStream(streamId);
  await fresh.query(
    `INSERT INTO destinations (id, workspace_id, stream_id, name, platform, url, sealed_key,
       key_hint, enabled, updated_at)
     VALUES ($1, $2, $3, 'Main', 'custom', 'rtmp://x/live', 'sealed', '', false, now())`,
    [destinationId, DEFAULT_WORKSPACE_ID, streamId],
  );
});
afterEach(async () => {
  await queues.close();
  live.close();
  await database.close();
  await Promise.all([fresh.drop(), redis.stop()]);
});

const resourcesOf = (): Resources => ({
  environment: readWorkerEnvironment({ DATABASE_URL: fresh.url, REDIS_URL: redis.url }),
  logger: createLogger({ app: 'worker', level: 'silent' }),
  clock: { ...systemClock, wallMs: () => nowMs },
  timers: systemTimers,
  database,
  live,
  queues,
  masterKey: MasterKey.fromBase64(randomBytes(32).toString('base64')),
  postJson: () => Promise.reject(new Error('nobody is called here')),
  destinationTester: { test: () => Promise.reject(new Error('nothing is tested here')) },
});

function sweepOf(): ScheduleSweep {
  const resources = resourcesOf();
  return new ScheduleSweep(resources, new ScheduleDesk(resources));
}

/** The stream is live on a node that hears commands. */
async function goLive(): Promise<void> {
  await live.ownership.claimStream(streamId, 'node');
  queues.relayCommands.consume('node', async (command) => void heard.push(command));
}

interface Wish {
  readonly beginnings: Beginnings;
  readonly edges: readonly Pick<EdgeRecord, 'kind' | 'offsetMinutes' | 'destinationId'>[];
}

const daily = (startsAtMinute: number, timeZone = 'UTC'): Beginnings => ({
  timeZone,
  startsAtMinute,
  recurrence: { kind: 'weekly', weekdays: [0, 1, 2, 3, 4, 5, 6] },
});

async function schedule({ beginnings, edges }: Wish): Promise<string> {
  const made = await database.workspace(DEFAULT_WORKSPACE_ID).schedules.create(
    streamId,
    {
      ...beginnings,
      name: 'Friday show',
      durationMinutes: 60,
      endBroadcast: false,
      enabled: true,
      edges: edges.map((edge) => {
        const dueMs = nextOccurrence(beginnings, edge.offsetMinutes, nowMs);
        return { ...edge, nextDueAt: dueMs === null ? null : new Date(dueMs) };
      }),
    },
    10,
  );
  if (made.kind !== 'created') throw new Error(made.kind);
  return made.schedule.id;
}

const start = () => ({ kind: 'start', offsetMinutes: 0, destinationId }) as const;
const stop = () => ({ kind: 'stop', offsetMinutes: 60, destinationId }) as const;
const end = { kind: 'stop', offsetMinutes: 60, destinationId: null } as const;

const isEnabled = async (): Promise<unknown> => {
  const [row] = await fresh.query('SELECT enabled FROM destinations WHERE id = $1', [
    destinationId,
  ]);
  return row?.['enabled'];
};
const told = async (): Promise<unknown[]> => {
  const rows = await fresh.query('SELECT code, actor FROM events ORDER BY position, id');
  return rows.map(({ code }) => code);
};
const nextDue = async (): Promise<number[]> => {
  const rows = await fresh.query('SELECT next_due_at FROM schedule_edges ORDER BY next_due_at');
  return rows.map((row) => (row['next_due_at'] as Date).getTime());
};

/** The clocks go on to the next edge. */
async function untilDue(): Promise<void> {
  nowMs = Math.min(...(await nextDue()));
}

describe('an edge that is due', () => {
  it('starts and stops its destination, tells who did it, and comes again', async () => {
    await schedule({ beginnings: daily(20 * 60), edges: [start(), stop()] });
    const sweep = sweepOf();
    await sweep.run();
    expect([await isEnabled(), await told()]).toEqual([false, []]);
    await untilDue();
    const first = nowMs;
    await sweep.run();
    expect(await isEnabled()).toBe(true);
    await untilDue();
    expect(nowMs - first).toBe(HOUR_MS);
    await sweep.run();
    expect([await isEnabled(), await told()]).toEqual([
      false,
      ['SCHEDULE_FIRED', 'SCHEDULE_FIRED'],
    ]);
    expect(await nextDue()).toEqual([first + DAY_MS, first + DAY_MS + HOUR_MS]);
    const toldPages = async () =>
      (await live.events.eventsAfter('0-0')).map(({ event: { type, streamId: of } }) => [type, of]);
    const change = ['stream.changed', streamId];
    await expect.poll(toldPages).toEqual([change, change]);
    const [event] = await fresh.query('SELECT actor, kind, message FROM events LIMIT 1');
    expect(event).toMatchObject({ actor: 'schedule Friday show', kind: 'action' });
    const audit = await fresh.query('SELECT actor_name, action FROM audit_entries ORDER BY at');
    expect(audit).toEqual([
      { actor_name: 'Friday show', action: 'schedule.start' },
      { actor_name: 'Friday show', action: 'schedule.stop' },
    ]);
  });

  it('tells the relay of a live stream, and ends its broadcast', async () => {
    await goLive();
    await schedule({ beginnings: daily(20 * 60), edges: [start(), end] });
    const sweep = sweepOf();
    await untilDue();
    await sweep.run();
    await untilDue();
    await sweep.run();
    const kinds = () => heard.map(({ kind }) => kind);
    await expect.poll(kinds).toEqual(['reconcile', 'endBroadcast', 'reconcile']);
  });

  it('is done once, though two workers look at once', async () => {
    await schedule({ beginnings: daily(20 * 60), edges: [start(), stop()] });
    await untilDue();
    await Promise.all([sweepOf().run(), sweepOf().run(), sweepOf().run()]);
    expect(await told()).toEqual(['SCHEDULE_FIRED']);
  });

  it('is made up for ten minutes; later it is told as missed, and not done', async () => {
    await schedule({ beginnings: daily(20 * 60), edges: [start(), stop()] });
    await untilDue();
    nowMs += MISSED_AFTER_MS;
    await sweepOf().run();
    expect([await isEnabled(), await told()]).toEqual([true, ['SCHEDULE_FIRED']]);
    await untilDue();
    nowMs += MISSED_AFTER_MS + 1;
    await sweepOf().run();
    expect([await isEnabled(), await told()]).toEqual([
      true,
      ['SCHEDULE_FIRED', 'SCHEDULE_MISSED'],
    ]);
    // However many were missed, it is told once, and the next one is to come.
    nowMs += 3 * DAY_MS;
    await sweepOf().run();
    expect(await told()).toHaveLength(4);
    for (const dueMs of await nextDue()) expect(dueMs).toBeGreaterThan(nowMs);
  });

  it('stays due while the relay cannot be told to end the broadcast', async () => {
    await goLive();
    await schedule({ beginnings: daily(20 * 60), edges: [end] });
    await untilDue();
    await redis.stop();
    await expect(sweepOf().run()).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
    expect([await nextDue(), await told()]).toEqual([[nowMs], []]);
    await redis.start();
    const again = async (): Promise<void> => {
      await sweepOf().run();
      expect(await told()).toEqual(['SCHEDULE_FIRED']);
    };
    await vi.waitFor(again, { timeout: 10_000 });
  });

  it('of a schedule that is off, or of a stream that is gone, does nothing', async () => {
    const id = await schedule({ beginnings: daily(20 * 60), edges: [start()] });
    await untilDue();
    await fresh.query('UPDATE schedules SET enabled = false WHERE id = $1', [id]);
    await sweepOf().run();
    await fresh.query('UPDATE schedules SET enabled = true WHERE id = $1', [id]);
    await fresh.query('UPDATE streams SET deleted_at = now()');
    await sweepOf().run();
    expect([await isEnabled(), await told()]).toEqual([false, []]);
  });

  it('that is once never comes again', async () => {
    const date = new Date(nowMs + 2 * DAY_MS).toISOString().slice(0, 10);
    const recurrence = { kind: 'once', date } as const;
    await schedule({ beginnings: { ...daily(0), recurrence }, edges: [start()] });
    await untilDue();
    await sweepOf().run();
    expect(await isEnabled()).toBe(true);
    expect(await fresh.query('SELECT next_due_at FROM schedule_edges')).toEqual([
      { next_due_at: null },
    ]);
  });

  it.each([
    ['Europe/Berlin', '2027-03-26T12:00:00Z', [19, 19, 18, 18]],
    ['Europe/Berlin', '2027-10-29T12:00:00Z', [18, 18, 19, 19]],
    ['America/New_York', '2027-03-11T12:00:00Z', [1, 1, 1, 0]],
    ['America/New_York', '2027-11-04T12:00:00Z', [0, 0, 0, 1]],
  ])('keeps its time in %s when the clocks change after %s', async (zone, from, hours) => {
    nowMs = Date.parse(from);
    await schedule({ beginnings: daily(20 * 60, zone), edges: [start()] });
    const sweep = sweepOf();
    const came: number[] = [];
    for (let day = 0; day < 4; day += 1) {
      await untilDue();
      await sweep.run();
      came.push(new Date(nowMs).getUTCHours());
    }
    expect(came).toEqual(hours);
    expect(await told()).toEqual(hours.map(() => 'SCHEDULE_FIRED'));
  });
});

describe('with workers and BullMQ', () => {
  const workers: INestApplicationContext[] = [];
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.close()));
  });

  async function startWorker(): Promise<void> {
    const resources: Resources = {
      ...resourcesOf(),
      clock: systemClock,
      database: openDatabase({ url: fresh.url }),
      live: openLive({ url: redis.url, onFault: () => undefined }),
      queues: openQueues({ url: redis.url, onFault: () => undefined }),
    };
    const module = WorkerModule.with(resources);
    workers.push(await NestFactory.createApplicationContext(module, { logger: false }));
  }

  it('an edge comes by itself, once, though Redis was emptied in between', async () => {
    await schedule({ beginnings: daily(20 * 60), edges: [start()] });
    const dueMs = Date.now() + 4_000;
    await fresh.query('UPDATE schedule_edges SET next_due_at = $1', [new Date(dueMs)]);
    await Promise.all([startWorker(), startWorker()]);
    const observer = new Redis(redis.url);
    await expect.poll(() => observer.keys('*schedule-edges*')).not.toEqual([]);
    await observer.flushall();
    observer.disconnect();
    await expect.poll(isEnabled, { timeout: 25_000 }).toBe(true);
    await expect.poll(told).toEqual(['SCHEDULE_FIRED']);
  });
});
