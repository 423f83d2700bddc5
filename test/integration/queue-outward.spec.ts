import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '#persistence';
import { openQueues } from '#queue';
import type { EdgeTiming, Queues } from '#queue';
import { startOwnRedis } from './own-redis.ts';
import type { OwnRedis } from './own-redis.ts';

let server: OwnRedis;
let queues: Queues;
let observer: Redis;

beforeEach(async () => {
  server = await startOwnRedis();
  queues = openQueues({ url: server.url, onFault: () => undefined });
  observer = new Redis(server.url);
});

afterEach(async () => {
  observer.disconnect();
  await queues.close();
  await server.stop();
});

const WEEK_MS = 7 * 86_400_000;
const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 10_000, interval: 50 });
const weekly = (edgeId: string, minute = 15): EdgeTiming => ({
  kind: 'weekly',
  edgeId,
  pattern: `${minute} 20 * * 5`,
  timeZone: 'Europe/Berlin',
});

/** Edges that beat, with the moment of their next beat. */
async function beats(): Promise<[edgeId: string, nextMs: string][]> {
  const flat = await observer.zrange(
    'forkcast:queue:schedule-edges:repeat',
    '0',
    '-1',
    'WITHSCORES',
  );
  return flat.flatMap((text, index): [string, string][] =>
    index % 2 === 0 ? [[text, flat[index + 1] ?? '']] : [],
  );
}

test('a try that is asked for twice is made once; the next one is another', async () => {
  const handle = vi.fn(async () => undefined);
  const delivery = { id: newId(), tries: 0, delayMs: 0 };
  await queues.deliveries.request([delivery, delivery]);
  await queues.deliveries.request([delivery]);
  queues.deliveries.consume(handle);
  await soon(() => expect(handle).toHaveBeenCalledExactlyOnceWith(delivery.id));
  await queues.deliveries.request([{ ...delivery, tries: 1 }]);
  await soon(() => expect(handle).toHaveBeenCalledTimes(2));
});

test('a try that was made can be asked for again', async () => {
  const handle = vi.fn(async () => undefined);
  queues.deliveries.consume(handle);
  const delivery = { id: newId(), tries: 0, delayMs: 0 };
  await queues.deliveries.request([delivery]);
  await soon(() => expect(handle).toHaveBeenCalledTimes(1));
  await soon(async () => {
    await queues.deliveries.request([delivery]);
    expect(handle).toHaveBeenCalledTimes(2);
  });
});

test('a delayed try waits its time', async () => {
  const handle = vi.fn(async () => undefined);
  queues.deliveries.consume(handle);
  const [late, now] = [newId(), newId()];
  await queues.deliveries.request([
    { id: late, tries: 0, delayMs: 3_600_000 },
    { id: now, tries: 0, delayMs: 0 },
  ]);
  await soon(() => expect(handle).toHaveBeenCalledExactlyOnceWith(now));
  expect(await observer.zcard('forkcast:queue:deliveries:delayed')).toBe(1);
});

test('edges beat as Postgres says: new, changed, no others, and again when forgotten', async () => {
  const [stays, goes, changes] = [newId(), newId(), newId()];
  await queues.scheduleEdges.agree([weekly(stays), weekly(goes), weekly(changes)], Date.now());
  const before = new Map(await beats());
  expect([...before.keys()].toSorted()).toEqual([stays, goes, changes].toSorted());
  const wanted = [weekly(stays), weekly(changes, 30)];
  await queues.scheduleEdges.agree(wanted, Date.now());
  const after = new Map(await beats());
  expect([...after.keys()].toSorted()).toEqual([stays, changes].toSorted());
  expect(after.get(stays)).toBe(before.get(stays));
  // Modulo a week: the earlier time may just have passed.
  const laterMs = Number(after.get(changes)) - Number(before.get(changes));
  expect((laterMs + WEEK_MS) % WEEK_MS).toBe(15 * 60_000);
  await observer.flushall();
  await queues.scheduleEdges.agree(wanted, Date.now());
  expect(new Map(await beats())).toEqual(after);
});

test('an edge that is once comes up once, however often it is agreed upon', async () => {
  const handle = vi.fn(async () => undefined);
  const edgeId = newId();
  const dueMs = Date.now() + 300;
  const once: EdgeTiming = { kind: 'once', edgeId, dueMs };
  await queues.scheduleEdges.agree([once], Date.now());
  await queues.scheduleEdges.agree([once], Date.now());
  queues.scheduleEdges.consume(handle);
  await soon(() => expect(handle).toHaveBeenCalledExactlyOnceWith(edgeId));
  expect(Date.now()).toBeGreaterThanOrEqual(dueMs);
});
