import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_WORKSPACE_ID, type LiveEvent, type StreamStatus } from '#contracts';
import type { Live } from '#live';
import { FirstAdministrator } from '../../apps/api/src/auth/first-administrator.ts';
import { LIVE } from '../../apps/api/src/infrastructure/tokens.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { liveStatus } from './live-status.ts';
import { openSse } from './sse-reader.ts';
import type { SseReader } from './sse-reader.ts';

const ADMINISTRATOR = {
  FORKCAST_ADMIN_EMAIL: 'owner@example.org',
  FORKCAST_ADMIN_PASSWORD: 'a short sentence is good',
};

let api: ApiUnderTest;
let live: Live;
let readers: SseReader[];

beforeEach(async () => {
  api = await startApi(ADMINISTRATOR);
  live = api.app.get<Live>(LIVE);
  readers = [];
});
afterEach(async () => {
  for (const reader of readers) reader.close();
  await api.close();
});

async function read(headers: Record<string, string> = {}): Promise<SseReader> {
  const reader = await openSse(`${api.url}/api/v1/events`, { ...asBootstrap, ...headers });
  readers.push(reader);
  return reader;
}

/** What a relay does when a stream's state changes. */
async function publish(status: StreamStatus): Promise<string> {
  await live.status.putStatus(status);
  const { streamId, workspaceId } = status;
  return live.events.appendEvent({ type: 'stream.status', workspaceId, streamId, status });
}

function incident(message: string): LiveEvent {
  const at = '2026-11-20T10:00:00.000Z';
  const [streamId, broadcastId] = [randomUUID(), randomUUID()];
  const ids = { workspaceId: DEFAULT_WORKSPACE_ID, streamId, broadcastId };
  return { type: 'incident', ...ids, at, code: 'PUSH_LOST', message };
}

const soon = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 20 });

test('a reader gets the current state first, then every change', async () => {
  const before = liveStatus();
  await publish(before);
  const reader = await read();
  expect(reader.status).toBe(200);
  await soon(() => expect(reader.events).toHaveLength(1));
  expect(reader.events[0]).toMatchObject({ type: 'stream.status', data: { status: before } });
  const after: StreamStatus = {
    ...before,
    state: 'grace',
    graceEndsAt: '2026-11-20T10:01:00.000Z',
    hold: { picture: 'last-picture', sound: 'silence', reason: '', since: before.updatedAt },
    delaySecondsMax: 42,
  };
  const id = await publish(after);
  await soon(() => expect(reader.events).toHaveLength(2));
  expect(reader.events[1]).toEqual({
    id,
    type: 'stream.status',
    data: {
      type: 'stream.status',
      workspaceId: before.workspaceId,
      streamId: before.streamId,
      status: after,
    },
  });
  expect(reader.text).toMatch(/^retry: \d+\n/);
});

test('every reader gets every event once, in order', async () => {
  const [one, other] = [await read(), await read()];
  const sent: string[] = [];
  for (let number = 0; number < 50; number += 1) {
    sent.push(await live.events.appendEvent(incident(String(number))));
  }
  for (const reader of [one, other]) {
    await soon(() => expect(reader.events.map(({ id }) => id)).toEqual(sent));
  }
});

test('a reader that comes back gets what it missed', async () => {
  const seen = await live.events.appendEvent(incident('seen'));
  await live.events.appendEvent(incident('missed one'));
  await live.events.appendEvent(incident('missed two'));
  const reader = await read({ 'last-event-id': seen });
  await soon(() => expect(reader.events).toHaveLength(2));
  expect(reader.events).toMatchObject([
    { data: { message: 'missed one' } },
    { data: { message: 'missed two' } },
  ]);
});

test('of another workspace a reader hears nothing, neither what is nor what happens', async () => {
  const [before, after] = [liveStatus(), liveStatus()];
  const foreign = { ...liveStatus(), workspaceId: randomUUID() };
  const nobodys = { ...liveStatus(), workspaceId: null };
  for (const status of [foreign, nobodys, before]) await live.status.putStatus(status);
  const missed = await live.events.appendEvent({ ...incident('seen'), workspaceId: randomUUID() });
  await live.events.appendEvent({ ...incident('missed'), workspaceId: foreign.workspaceId });
  const reader = await read({ 'last-event-id': missed });
  for (const status of [foreign, nobodys, after]) await publish(status);
  await soon(() => expect(reader.text).toContain(after.streamId));
  expect(reader.events.map(({ data }) => (data as LiveEvent).streamId)).toEqual([
    before.streamId,
    after.streamId,
  ]);
  for (const { streamId } of [foreign, nobodys]) expect(reader.text).not.toContain(streamId);
});

test('a place that is none of ours counts as no place', async () => {
  await live.events.appendEvent(incident('old'));
  const status = liveStatus();
  await publish(status);
  const reader = await read({ 'last-event-id': '0-0\u00e9 XREAD' });
  await soon(() => expect(reader.events).toMatchObject([{ data: { status } }]));
});

test('the sixth stream of one user is refused until one is closed', async () => {
  for (let number = 1; number <= 5; number += 1) expect((await read()).status).toBe(200);
  const sixth = await api.call('GET', '/api/v1/events', { headers: asBootstrap });
  expect([sixth.status, await sixth.json()]).toMatchObject([
    429,
    { code: 'TOO_MANY_EVENT_STREAMS' },
  ]);
  readers[0]?.close();
  await vi.waitFor(async () => expect((await read()).status).toBe(200), { timeout: 5000 });
});

test('a reader that does not read is dropped, and hurts no other', async () => {
  const [deaf, listening] = [await read(), await read()];
  deaf.stopReading();
  const long = 'x'.repeat(100_000);
  const dropped = () => api.log.some((line) => line.includes('did not keep up'));
  const sent: string[] = [];
  // What the kernel holds for the two ends comes on top of our own limit.
  while (!dropped() && sent.length < 500) {
    sent.push(await live.events.appendEvent(incident(long)));
    await soon(() => expect(listening.text).toContain(`id: ${sent.at(-1)}\n`));
  }
  expect(dropped()).toBe(true);
  await soon(() => expect(listening.events.map(({ id }) => id)).toEqual(sent));
  expect(listening.ended).toBe(false);
});

test('signing out ends the streams of the session, and of no other', async () => {
  await api.app.get(FirstAdministrator).prepare();
  const signIn = async () => {
    const { FORKCAST_ADMIN_EMAIL: email, FORKCAST_ADMIN_PASSWORD: password } = ADMINISTRATOR;
    const answer = await api.call('POST', '/api/v1/session', { body: { email, password } });
    return { cookie: answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '' };
  };
  const [leaving, staying] = [await signIn(), await signIn()];
  const [ending, going] = await Promise.all(
    [leaving, staying].map(async (headers) => {
      const reader = await openSse(`${api.url}/api/v1/events`, headers);
      readers.push(reader);
      return reader;
    }),
  );
  await api.call('DELETE', '/api/v1/session', { headers: leaving });
  await soon(() => expect(ending?.ended).toBe(true));
  expect(going?.ended).toBe(false);
});

test('a reader survives the absence of Redis and learns the state that it missed', async () => {
  const reader = await read();
  await api.redis.stop();
  await soon(() => expect(api.log.join('')).toContain('events: Redis is away'));
  await api.redis.start();
  const status = liveStatus();
  await vi.waitFor(() => live.status.putStatus(status), { timeout: 5000 });
  await soon(() =>
    expect(reader.events).toContainEqual(
      expect.objectContaining({ data: expect.objectContaining({ status }) }),
    ),
  );
  const id = await live.events.appendEvent(incident('after'));
  await soon(() => expect(reader.events.at(-1)?.id).toBe(id));
  expect(api.log.filter((line) => line.includes('events: Redis is away'))).toHaveLength(1);
});

test('the end of the process ends its streams', async () => {
  const reader = await read();
  await api.end();
  await soon(() => expect(reader.ended).toBe(true));
});

test('pages of other sites may not hold our connections', async () => {
  const headers = { ...asBootstrap, 'sec-fetch-site': 'cross-site' };
  expect((await api.call('GET', '/api/v1/events', { headers })).status).toBe(403);
});
