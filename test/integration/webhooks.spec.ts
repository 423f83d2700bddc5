import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock, systemTimers } from '#kernel';
import { openLive } from '#live';
import { createLogger } from '#observability';
import { openDatabase } from '#persistence';
import { openQueues } from '#queue';
import { readWorkerEnvironment } from '../../apps/worker/src/env.ts';
import { WorkerModule } from '../../apps/worker/src/worker.module.ts';
import { startOwnRedis, type OwnRedis } from './own-redis.ts';
import { heardIds, openWebhookWorld, verifies, type WebhookWorld } from './webhook-world.ts';

let world: WebhookWorld;
let redis: OwnRedis;
const workers: INestApplicationContext[] = [];

beforeEach(async () => {
  [world, redis] = await Promise.all([openWebhookWorld(), startOwnRedis()]);
});
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close()));
  await Promise.all([world.close(), redis.stop()]);
});

const soon = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 50 });

/** A worker as the product runs it. */
async function startWorker(): Promise<void> {
  const { fresh, masterKey, receiver } = world;
  const resources = {
    environment: readWorkerEnvironment({ DATABASE_URL: fresh.url, REDIS_URL: redis.url }),
    logger: createLogger({ app: 'worker', level: 'silent' }),
    clock: systemClock,
    timers: systemTimers,
    database: openDatabase({ url: fresh.url }),
    live: openLive({ url: redis.url, onFault: () => undefined }),
    queues: openQueues({ url: redis.url, onFault: () => undefined }),
    masterKey,
    postJson: receiver.postJson,
    destinationTester: { test: () => Promise.reject(new Error('nothing is tested here')) },
  };
  const module = WorkerModule.with(resources);
  workers.push(await NestFactory.createApplicationContext(module, { logger: false }));
}

test('what happens is told in order, signed, without anybody asking', async () => {
  const { secret } = await world.addEndpoint();
  await startWorker();
  const ids = await world.happen(20);
  await soon(() => expect(heardIds(world.receiver)).toEqual(ids));
  expect(world.receiver.heard.every((call) => verifies(call, secret, Date.now()))).toBe(true);
});

test('two workers tell each thing once, and in order', async () => {
  const { id } = await world.addEndpoint();
  const before = await world.happen(10);
  await Promise.all([startWorker(), startWorker()]);
  const after = await world.happen(10);
  await soon(() => expect(heardIds(world.receiver)).toHaveLength(20));
  await soon(async () => {
    const rows = await world.deliveries(id);
    expect(rows.every(({ state, tries }) => state === 'delivered' && tries === 1)).toBe(true);
  });
  expect(heardIds(world.receiver)).toEqual([...before, ...after]);
});

test('nothing is lost with an emptied Redis', async () => {
  await world.addEndpoint();
  await startWorker();
  const ids = await world.happen(15);
  await soon(() => expect(world.receiver.heard.length).toBeGreaterThan(2));
  const observer = new Redis(redis.url);
  await observer.flushall();
  ids.push(...(await world.happen(5)));
  await soon(() => expect(world.receiver.heard.length).toBeGreaterThan(10));
  await observer.flushall();
  observer.disconnect();
  await soon(() => expect(heardIds(world.receiver)).toEqual(ids));
});

test('what fails is tried again after its wait', async () => {
  await world.addEndpoint();
  await startWorker();
  world.receiver.answers.push({ status: 500 });
  const [id] = await world.happen(1);
  await soon(() => expect(heardIds(world.receiver)).toEqual([id, id]));
});
