import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PreflightResult, RelayCommand } from '#contracts';
import { systemClock } from '#kernel';
import { COMMAND_LIFETIME_MS, openQueues } from '#queue';
import type { Queues } from '#queue';
import { startOwnRedis } from './own-redis.ts';
import type { OwnRedis } from './own-redis.ts';

let server: OwnRedis;
let queues: Queues;
let faults: Error[];
/** Added to the wall clock of the queues under test. */
let aheadMs: number;

beforeEach(async () => {
  server = await startOwnRedis();
  faults = [];
  aheadMs = 0;
  const clock = { ...systemClock, wallMs: () => systemClock.wallMs() + aheadMs };
  queues = openQueues({ url: server.url, onFault: (fault) => faults.push(fault), clock });
});

afterEach(async () => {
  server.thaw();
  await queues.close();
  await server.stop();
});

const soon = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 50 });
const reconcile = (): RelayCommand => ({ kind: 'reconcile', streamId: randomUUID() });

/** Puts data into a queue behind the product's back. */
async function smuggle(name: string, data: unknown): Promise<void> {
  const connection = new Redis(server.url, { maxRetriesPerRequest: null });
  const queue = new Queue(name, { connection, prefix: 'forkcast:queue' });
  await queue.add('smuggled', data, { attempts: 3 });
  await queue.close();
  connection.disconnect();
}

test('a command reaches its node, and no other', async () => {
  const [here, there] = [vi.fn(async () => undefined), vi.fn(async () => undefined)];
  queues.relayCommands.consume('node:1', here);
  queues.relayCommands.consume('node:2', there);
  const command = reconcile();
  await queues.relayCommands.send('node:1', command);
  await soon(() => expect(here).toHaveBeenCalledExactlyOnceWith(command));
  await queues.relayCommands.send('node:2', { ...command, kind: 'endBroadcast' });
  await soon(() => expect(there).toHaveBeenCalledTimes(1));
  expect(here).toHaveBeenCalledTimes(1);
});

test('a command waits for its node to come', async () => {
  const command = reconcile();
  await queues.relayCommands.send('n', command);
  const handle = vi.fn(async () => undefined);
  queues.relayCommands.consume('n', handle);
  await soon(() => expect(handle).toHaveBeenCalledExactlyOnceWith(command));
});

test('a handler that fails is called again, three times in all', async () => {
  const handle = vi.fn(() => Promise.reject(new Error('no database')));
  queues.relayCommands.consume('n', handle);
  await queues.relayCommands.send('n', reconcile());
  await soon(() => expect(faults).toHaveLength(3));
  expect(handle).toHaveBeenCalledTimes(3);
});

test('a stale command is failed, not obeyed', async () => {
  await queues.relayCommands.send('n', reconcile());
  aheadMs = COMMAND_LIFETIME_MS + 1;
  const handle = vi.fn(async () => undefined);
  queues.relayCommands.consume('n', handle);
  await soon(() => expect(faults.map(String)).toContainEqual(expect.stringContaining('too late')));
  expect(handle).not.toHaveBeenCalled();
});

test.each([
  ['no envelope', { kind: 'reconcile' }],
  ['an unknown command', { expiresAtWallMs: null, payload: { kind: 'selfDestruct' } }],
  ['an id that is none', { expiresAtWallMs: null, payload: { kind: 'reconcile', streamId: '*' } }],
])('a poisonous job (%s) fails at once and does not stop the next', async (_what, data) => {
  const handle = vi.fn(async () => undefined);
  await smuggle('relay.n', data);
  queues.relayCommands.consume('n', handle);
  await soon(() => expect(faults).toHaveLength(1));
  await queues.relayCommands.send('n', reconcile());
  await soon(() => expect(handle).toHaveBeenCalledTimes(1));
  expect(faults).toHaveLength(1);
  expect(faults[0]?.name).toBe('UnrecoverableError');
});

const found: PreflightResult = {
  ok: true,
  steps: [{ name: 'resolve', ok: true, ms: 3, detail: 'one address' }],
  error: null,
};

test('a connection test gives back what its worker found', async () => {
  const handle = vi.fn(async () => found);
  queues.preflight.consume(handle);
  const destinationId = randomUUID();
  expect(await queues.preflight.request({ destinationId, publish: true })).toEqual(found);
  expect(handle).toHaveBeenCalledExactlyOnceWith({ destinationId, publish: true });
});

test('a connection test whose worker fails says so without the reason', async () => {
  queues.preflight.consume(() => Promise.reject(new Error('rtmp://u:secret@h')));
  const request = queues.preflight.request({ destinationId: randomUUID(), publish: false });
  await expect(request).rejects.toMatchObject({
    code: 'QUEUE_JOB_FAILED',
    message: expect.not.stringContaining('secret'),
  });
});

test('a connection test is lost with an emptied Redis, and says so', async () => {
  const request = queues.preflight.request({ destinationId: randomUUID(), publish: false });
  const observer = new Redis(server.url);
  await expect.poll(() => observer.dbsize()).toBeGreaterThan(0);
  await observer.flushall();
  observer.disconnect();
  await expect(request).rejects.toMatchObject({ code: 'QUEUE_JOB_FAILED' });
});

test('a schedule beats once however often ensured, and survives an emptied Redis', async () => {
  const handle = vi.fn(async () => undefined);
  queues.maintenance.consume(handle);
  for (let time = 0; time < 3; time += 1) {
    await queues.maintenance.ensureSchedule('retention', 3_600_000);
  }
  await soon(() => expect(handle).toHaveBeenCalledExactlyOnceWith('retention'));
  const observer = new Redis(server.url);
  await observer.flushall();
  observer.disconnect();
  await queues.maintenance.ensureSchedule('retention', 3_600_000);
  await soon(() => expect(handle).toHaveBeenCalledTimes(2));
});

test('with Redis stopped an enqueue fails by its deadline; work goes on afterwards', async () => {
  const handle = vi.fn(async () => undefined);
  queues.relayCommands.consume('n', handle);
  await queues.relayCommands.send('n', reconcile());
  await soon(() => expect(handle).toHaveBeenCalledTimes(1));
  await server.stop();
  const lost = queues.relayCommands.send('n', reconcile());
  await expect(lost).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
  await server.start();
  const command = reconcile();
  await vi.waitFor(() => queues.relayCommands.send('n', command), { timeout: 5000 });
  await soon(() => expect(handle).toHaveBeenLastCalledWith(command));
  expect(handle).toHaveBeenCalledTimes(2);
});

test('with Redis frozen an enqueue fails by its deadline; work goes on afterwards', async () => {
  const handle = vi.fn(async () => undefined);
  queues.relayCommands.consume('n', handle);
  await queues.relayCommands.send('n', reconcile());
  await soon(() => expect(handle).toHaveBeenCalledTimes(1));
  server.freeze();
  const late = queues.relayCommands.send('n', reconcile());
  await expect(late).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
  server.thaw();
  const command = reconcile();
  await vi.waitFor(() => queues.relayCommands.send('n', command), { timeout: 5000 });
  await soon(() => expect(handle).toHaveBeenCalledWith(command));
});

test.each(['stop', 'freeze'] as const)(
  'closing ends although Redis is away (%s)',
  async (fault) => {
    const other = openQueues({ url: server.url, onFault: () => undefined });
    const handle = vi.fn(async () => undefined);
    other.relayCommands.consume('n', handle);
    await other.relayCommands.send('n', reconcile());
    await soon(() => expect(handle).toHaveBeenCalledTimes(1));
    await (fault === 'stop' ? server.stop() : Promise.resolve(server.freeze()));
    await other.close();
  },
);
