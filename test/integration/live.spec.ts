import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EVENTS_KEPT, openLive, OWNERSHIP_TTL_MS } from '#live';
import type { Live } from '#live';
import { liveStatus } from './live-status.ts';
import { startOwnRedis } from './own-redis.ts';
import type { OwnRedis } from './own-redis.ts';

let server: OwnRedis;
let live: Live;
let observer: Redis;

beforeAll(async () => {
  server = await startOwnRedis();
  live = openLive({ url: server.url, onFault: () => undefined });
  observer = new Redis(server.url);
});

afterAll(async () => {
  live.close();
  observer.disconnect();
  await server.stop();
});

test('a stream has one owner, and only the owner releases it', async () => {
  const streamId = randomUUID();
  const [first, second] = await Promise.all([
    live.ownership.claimStream(streamId, 'a'),
    live.ownership.claimStream(streamId, 'b'),
  ]);
  expect([first, second]).toEqual([
    { granted: true, owner: 'a' },
    { granted: false, owner: 'a' },
  ]);
  expect(await live.ownership.claimStream(streamId, 'a')).toEqual({ granted: true, owner: 'a' });
  expect(await live.ownership.releaseStream(streamId, 'b')).toBe(false);
  expect(await live.ownership.ownerOf(streamId)).toBe('a');
  expect(await live.ownership.releaseStream(streamId, 'a')).toBe(true);
  expect(await live.ownership.ownerOf(streamId)).toBeUndefined();
});

test('a claim ends by itself, and claiming again prolongs it', async () => {
  const streamId = randomUUID();
  const [, key] = await claimedKey(streamId);
  const lifetimeMs = await observer.pttl(key);
  expect(lifetimeMs).toBeGreaterThan(0);
  expect(lifetimeMs).toBeLessThanOrEqual(OWNERSHIP_TTL_MS);
  await observer.pexpire(key, 5);
  await expect.poll(() => observer.exists(key)).toBe(0);
  expect(await live.ownership.claimStream(streamId, 'b')).toEqual({ granted: true, owner: 'b' });
  await observer.pexpire(key, 1000);
  await live.ownership.claimStream(streamId, 'b');
  expect(await observer.pttl(key)).toBeGreaterThan(1000);
});

async function claimedKey(streamId: string): Promise<[string, string]> {
  const { owner } = await live.ownership.claimStream(streamId, 'a');
  const [key] = await observer.keys(`*${streamId}*`);
  return [owner, key ?? ''];
}

const permit = (streamId: string, nodeId: string, destinationId: string, aboveToken = 0) =>
  live.fencing.permit({ streamId, nodeId, destinationId, aboveToken });

test('a fencing token is greater than every one before, even after Redis was emptied', async () => {
  const [streamId, destinationId] = [randomUUID(), randomUUID()];
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => permit(streamId, 'a', destinationId)),
  );
  const tokens = answers.map((answer) => (answer.granted ? answer.token : 0));
  expect(new Set(tokens).size).toBe(50);
  expect(Math.min(...tokens)).toBe(1);
  await observer.flushall();
  const emptied = await permit(streamId, 'a', destinationId, 50);
  expect(emptied).toEqual({ granted: true, owner: 'a', token: 51 });
});

test('only the owner of the stream is handed a token, and asking claims the stream', async () => {
  const [streamId, destinationId] = [randomUUID(), randomUUID()];
  await permit(streamId, 'a', destinationId);
  expect(await live.ownership.ownerOf(streamId)).toBe('a');
  expect(await permit(streamId, 'b', destinationId)).toEqual({ granted: false, owner: 'a' });
  await live.ownership.releaseStream(streamId, 'a');
  expect(await permit(streamId, 'b', destinationId)).toMatchObject({ granted: true, token: 2 });
});

test('a push writes nothing any more once another node was handed a newer token', async () => {
  const [streamId, destinationId] = [randomUUID(), randomUUID()];
  await permit(streamId, 'a', destinationId);
  await live.ownership.releaseStream(streamId, 'a');
  await permit(streamId, 'b', destinationId);
  const memory = {
    attempt: 1,
    failureClass: null,
    nextRetryAtWallMs: null,
    ghostUntilWallMs: null,
    target: 'main' as const,
    savedAtWallMs: 5,
  };
  expect(await live.reconnect.savePush(destinationId, { ...memory, token: 2 })).toBe(true);
  expect(await live.reconnect.savePush(destinationId, { ...memory, token: 1 })).toBe(false);
  expect(await live.reconnect.forgetPush(destinationId, 1)).toBe(false);
  expect(await live.reconnect.loadPush(destinationId)).toEqual({ ...memory, token: 2 });
});

test('scripts survive an emptied script cache', async () => {
  await observer.script('FLUSH');
  expect(await live.ownership.claimStream(randomUUID(), 'a')).toMatchObject({ granted: true });
});

test('nodes are listed while they announce themselves', async () => {
  const presence = { nodeId: 'n1', startedAt: '2026-11-20T10:00:00.000Z', lanes: 2, streams: 0 };
  await live.presence.announceNode(presence);
  await live.presence.announceNode({ ...presence, nodeId: 'n2' });
  expect(await live.presence.nodes()).toEqual([presence, { ...presence, nodeId: 'n2' }]);
  await live.presence.withdrawNode('n2');
  expect(await live.presence.nodes()).toEqual([presence]);
  const [key] = await observer.keys('*node:n1');
  await observer.del(key ?? '');
  expect(await live.presence.nodes()).toEqual([]);
});

test('statuses come back as written, and only those that are there', async () => {
  const [one, two] = [liveStatus(), liveStatus()];
  await Promise.all([live.status.putStatus(one), live.status.putStatus(two)]);
  expect(await live.status.getStatus(one.streamId)).toEqual(one);
  expect(await live.status.getStatus(randomUUID())).toBeUndefined();
  const asked = [two.streamId, randomUUID(), one.streamId];
  expect(await live.status.getStatuses(asked)).toEqual([two, one]);
  expect(await live.status.getStatuses([])).toEqual([]);
  const all = await live.status.allStatuses();
  expect(all).toEqual(expect.arrayContaining([one, two]));
  const [key] = await observer.keys(`*status:${one.streamId}`);
  await observer.del(key ?? '');
  expect(await live.status.allStatuses()).toEqual([two]);
});

test('a status of another shape counts as absent', async () => {
  const status = liveStatus();
  await live.status.putStatus(status);
  const [key] = await observer.keys(`*${status.streamId}`);
  for (const text of ['{"streamId":1}', 'not json', '[]']) {
    await observer.set(key ?? '', text);
    expect(await live.status.getStatus(status.streamId)).toBeUndefined();
  }
});

test("a push's memory is kept until it is forgotten", async () => {
  const id = randomUUID();
  const memory = {
    attempt: 3,
    failureClass: 'refused',
    nextRetryAtWallMs: 1,
    ghostUntilWallMs: 2,
    target: 'main' as const,
    token: 9,
    savedAtWallMs: 5,
  };
  expect(await live.reconnect.loadPush(id)).toBeUndefined();
  await live.reconnect.savePush(id, memory);
  expect(await live.reconnect.loadPush(id)).toEqual(memory);
  await live.reconnect.forgetPush(id, memory.token);
  expect(await live.reconnect.loadPush(id)).toBeUndefined();
});

test('a reader of events gets what came after its place, then what comes', async () => {
  const start = await live.events.newestEventId();
  const [one, two, three] = [liveStatus(), liveStatus(), liveStatus()].map(statusEvent);
  await live.events.appendEvent(one!);
  const second = await live.events.appendEvent(two!);
  expect((await live.events.eventsAfter(start)).map(({ event }) => event)).toEqual([one, two]);
  const ending = new AbortController();
  const seen: unknown[] = [];
  const reading = (async () => {
    for await (const { event } of live.events.readEvents(start, 100, ending.signal)) {
      seen.push(event);
    }
  })();
  await expect.poll(() => seen).toHaveLength(2);
  await live.events.appendEvent(three!);
  await expect.poll(() => seen).toEqual([one, two, three]);
  ending.abort();
  await reading;
  expect((await live.events.eventsAfter(second)).map(({ event }) => event)).toEqual([three]);
});

function statusEvent(status: ReturnType<typeof liveStatus>) {
  const { streamId, workspaceId } = status;
  return { type: 'stream.status' as const, workspaceId, streamId, status };
}

test('the log of events stays near its length', async () => {
  const event = statusEvent(liveStatus());
  for (let batch = 0; batch < 12; batch += 1) {
    await Promise.all(Array.from({ length: 250 }, () => live.events.appendEvent(event)));
  }
  const [key] = await observer.keys('*:events');
  const length = await observer.xlen(key ?? '');
  expect(length).toBeGreaterThanOrEqual(EVENTS_KEPT);
  expect(length).toBeLessThan(EVENTS_KEPT + 250);
});

test('statistics reach who follows, and never push out what happened', async () => {
  const status = statusEvent(liveStatus());
  const figures = {
    type: 'stream.statistics' as const,
    workspaceId: status.workspaceId,
    streamId: status.streamId,
    at: new Date().toISOString(),
    ingestKbps: 1,
    pushes: [],
  };
  const start = await live.events.newestEventId();
  const ending = new AbortController();
  const seen: { readonly id: string; readonly type: string }[] = [];
  const reading = (async () => {
    for await (const { id, event } of live.events.readEvents(start, 100, ending.signal)) {
      seen.push({ id, type: event.type });
    }
  })();
  const place = await live.events.appendEvent(status);
  await expect.poll(() => seen).toHaveLength(1);
  for (let batch = 0; batch < 10; batch += 1) {
    await Promise.all(Array.from({ length: 250 }, () => live.events.appendEvent(figures)));
  }
  await expect.poll(() => seen.at(-1)).toEqual({ id: place, type: 'stream.statistics' });
  ending.abort();
  await reading;
  expect(await live.events.newestEventId()).toBe(place);
  expect((await live.events.eventsAfter(start)).map(({ event }) => event)).toEqual([status]);
  const [key] = await observer.keys('*live:statistics');
  expect(await observer.xlen(key ?? '')).toBeLessThan(1_000);
});
