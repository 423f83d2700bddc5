import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CALLS_IN_FLIGHT_MAX, openLive } from '#live';
import type { Live } from '#live';
import { liveStatus } from './live-status.ts';
import { startOwnRedis } from './own-redis.ts';
import type { OwnRedis } from './own-redis.ts';

const UNAVAILABLE = { code: 'LIVE_STORE_UNAVAILABLE' };

let server: OwnRedis;
let live: Live;
let faults: Error[];

beforeEach(async () => {
  server = await startOwnRedis();
  faults = [];
  live = openLive({ url: server.url, onFault: (fault) => faults.push(fault) });
  await live.ping();
});

afterEach(async () => {
  live.close();
  server.thaw();
  await server.stop();
});

/** Back within two seconds is the promise; polling well within it. */
const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 5000, interval: 50 });

test('with Redis stopped every call fails, and works again when it is back', async () => {
  await server.stop();
  await expect(live.status.getStatus(randomUUID())).rejects.toMatchObject(UNAVAILABLE);
  await expect(live.ownership.claimStream(randomUUID(), 'a')).rejects.toMatchObject(UNAVAILABLE);
  await expect(
    live.fencing.permit({
      streamId: randomUUID(),
      nodeId: 'a',
      destinationId: randomUUID(),
      aboveToken: 0,
    }),
  ).rejects.toMatchObject(UNAVAILABLE);
  await expect(live.presence.nodes()).rejects.toMatchObject(UNAVAILABLE);
  await expect(live.events.newestEventId()).rejects.toMatchObject(UNAVAILABLE);
  await server.start();
  await soon(() => live.ping());
  const status = liveStatus();
  await live.status.putStatus(status);
  expect(await live.status.getStatus(status.streamId)).toEqual(status);
});

test('with Redis frozen a call fails instead of hanging, and works when it thaws', async () => {
  server.freeze();
  await expect(live.ping()).rejects.toMatchObject(UNAVAILABLE);
  await expect(live.presence.nodes()).rejects.toMatchObject(UNAVAILABLE);
  // Longer than it takes to give up the socket: the reconnecting link must come through too.
  await soon(async () => expect(faults.length).toBeGreaterThan(0));
  await expect(live.ping()).rejects.toMatchObject(UNAVAILABLE);
  server.thaw();
  await soon(() => live.ping());
});

test('a frozen Redis costs a bounded number of waiting calls', async () => {
  server.freeze();
  const calls = Array.from({ length: CALLS_IN_FLIGHT_MAX + 1 }, () => live.ping());
  const outcomes = await Promise.allSettled(calls);
  const sentences = outcomes.map((outcome) =>
    outcome.status === 'rejected' ? String(outcome.reason) : 'answered',
  );
  expect(sentences).not.toContain('answered');
  expect(sentences.filter((sentence) => sentence.includes('too many calls'))).toHaveLength(1);
});

test('a Redis not there yet fails calls by their deadline, then is found', async () => {
  await server.stop();
  const early = openLive({ url: server.url, onFault: () => undefined });
  await expect(early.ping()).rejects.toMatchObject(UNAVAILABLE);
  await server.start();
  await soon(() => early.ping());
  early.close();
});

test('an emptied Redis is an empty store, not a fault', async () => {
  const streamId = randomUUID();
  await live.ownership.claimStream(streamId, 'a');
  const observer = new Redis(server.url);
  await observer.flushall();
  await observer.script('FLUSH');
  observer.disconnect();
  expect(await live.ownership.ownerOf(streamId)).toBeUndefined();
  expect(await live.ownership.claimStream(streamId, 'a')).toEqual({ granted: true, owner: 'a' });
  expect(await live.events.newestEventId()).toBe('0-0');
});

test.each([
  ['is full', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']],
  ['is read-only', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE']],
] as const)(
  'a Redis that %s refuses writes by name, still reads, and says of nobody to be absent',
  async (_, [fault, ...how], [mend, ...back]) => {
    const there = liveStatus();
    await live.status.putStatus(there);
    const observer = new Redis(server.url);
    await observer.zadd('forkcast:live:nodes', Date.now(), 'one that was there');
    await observer.call(fault, ...how);
    const refused = { code: 'LIVE_STORE_REFUSED' };
    expect(await live.status.getStatus(there.streamId)).toEqual(there);
    await expect(live.status.putStatus(liveStatus())).rejects.toMatchObject(refused);
    await expect(live.ownership.claimStream(randomUUID(), 'a')).rejects.toMatchObject(refused);
    await expect(live.presence.announceNode(presence())).rejects.toMatchObject(refused);
    await expect(live.ping()).rejects.toMatchObject(refused);
    const ids = [there.streamId, randomUUID()];
    await expect(live.status.getStatus(randomUUID())).rejects.toMatchObject(refused);
    await expect(live.status.getStatuses(ids)).rejects.toMatchObject(refused);
    await expect(live.ownership.ownerOf(randomUUID())).rejects.toMatchObject(refused);
    await expect(live.presence.nodes()).rejects.toMatchObject(refused);
    await observer.call(mend, ...back);
    observer.disconnect();
    await soon(() => live.ping());
    expect(await live.status.getStatus(randomUUID())).toBeUndefined();
  },
);

function presence() {
  return { nodeId: 'n', startedAt: '2026-11-20T10:00:00.000Z', lanes: 1, streams: 0 };
}

test.each(['stop', 'freeze'] as const)(
  'a reader of events says so when Redis fails (%s)',
  async (fault) => {
    const ending = new AbortController();
    const reading = live.events.readEvents('0-0', 100, ending.signal).next();
    const failing = expect(reading).rejects.toMatchObject(UNAVAILABLE);
    await (fault === 'stop' ? server.stop() : Promise.resolve(server.freeze()));
    await failing;
    ending.abort();
  },
);

test('a reader held back by Redis hears at once that Redis has gone', async () => {
  const observer = new Redis(server.url);
  const reading = live.events.readEvents('0-0', 600_000, new AbortController().signal).next();
  await expect.poll(() => observer.info('clients')).toContain('blocked_clients:1');
  observer.disconnect();
  const failing = expect(reading).rejects.toMatchObject(UNAVAILABLE);
  await server.stop();
  await failing;
});

test('closing ends readers and fails calls', async () => {
  const reading = live.events.readEvents('0-0', 5000, new AbortController().signal).next();
  live.close();
  expect(await reading).toEqual({ done: true, value: undefined });
  await expect(live.ping()).rejects.toMatchObject(UNAVAILABLE);
});
