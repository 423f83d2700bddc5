import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { BroadcastEvent, Destination, StreamWithKey } from '#contracts';
import { openLive } from '#live';
import { newId, openDatabase } from '#persistence';
import type { Database } from '#persistence';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

const KEY = 'canary-key-of-the-timeline-9120';

let api: ApiUnderTest;
let database: Database;
let streamId: string;
let broadcastId: string;

beforeAll(async () => {
  api = await startApi({ ALLOW_PRIVATE_DESTINATIONS: '192.168.7.0/24' });
  database = openDatabase({ url: api.database.url });
});
afterAll(async () => {
  await database.close();
  await api.close();
});
beforeEach(async () => {
  streamId = ((await ask('POST', '/streams', { name: 'Show' })) as StreamWithKey).id;
  broadcastId = newId();
  const at = '2026-11-21T10:00:00.000Z';
  const begun = { kind: 'broadcast-started', streamName: 'Show', nodeId: 'n', streamId } as const;
  await database.system.history.write([{ ...begun, id: broadcastId, at }]);
});

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const response = await api.call(method, `/api/v1${path}`, {
    ...(body === undefined ? {} : { body }),
    headers: { ...asBootstrap, ...headers },
  });
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

const addMain = async (headers = {}): Promise<Destination> => {
  const url = 'rtmp://192.168.7.9/app';
  const body = { name: 'Main', platform: 'custom', url, streamKey: KEY };
  return (await ask('POST', `/streams/${streamId}/destinations`, body, headers)) as Destination;
};
const timeline = async (): Promise<BroadcastEvent[]> => {
  const { items } = (await ask('GET', `/broadcasts/${broadcastId}/events`)) as {
    items: BroadcastEvent[];
  };
  return items;
};

describe('the timeline of a broadcast', () => {
  it('has what people did to its destinations, and who', async () => {
    const { id } = await addMain();
    await ask('PATCH', `/destinations/${id}`, { name: 'Main', streamKey: `${KEY}-2` });
    for (const deed of ['start', 'stop', 'retry']) await ask('POST', `/destinations/${id}/${deed}`);
    await ask('POST', `/destinations/${id}/stop`, { cut: true });
    await ask('DELETE', `/destinations/${id}`);
    const lines = await timeline();
    expect(lines.map(({ code, message }) => [code, message])).toEqual([
      ['DESTINATION_ADDED', 'Main was added.'],
      ['DESTINATION_CHANGED', 'Main was changed: its name and stream key.'],
      ['PUSH_START_ASKED', 'Main was told to start.'],
      ['PUSH_STOP_ASKED', 'Main was told to stop.'],
      ['PUSH_STOP_ASKED', 'Main was told to stop at once.'],
      ['DESTINATION_REMOVED', 'Main was removed.'],
    ]);
    expect(lines[0]).toMatchObject({
      kind: 'action',
      actor: 'bootstrap token',
      destinationId: id,
      remoteWords: null,
    });
    expect(JSON.stringify(lines)).not.toContain(KEY);
  });

  it('tells a switch by where it stands, and what else was changed', async () => {
    const { id } = await addMain();
    const change = (body: object) => ask('PATCH', `/destinations/${id}`, body);
    await change({ enabled: true });
    await change({ enabled: false });
    await change({ name: 'Other', enabled: true });
    expect((await timeline()).slice(1).map(({ code, message }) => [code, message])).toEqual([
      ['DESTINATION_CHANGED', 'Main was switched on.'],
      ['DESTINATION_CHANGED', 'Main was switched off.'],
      ['DESTINATION_CHANGED', 'Main was switched on, and changed: its name.'],
    ]);
  });

  it('has what people did to its stream', async () => {
    await ask('PATCH', `/streams/${streamId}`, { graceSeconds: 45 });
    await ask('POST', `/streams/${streamId}/rotate-key`, {});
    const codes = (await timeline()).map(({ code, message }) => [code, message]);
    expect(codes).toEqual([
      ['STREAM_CHANGED', 'Settings of the stream were changed: grace period.'],
      ['KEY_ROTATED', 'The stream was given a new stream key.'],
    ]);
  });

  it('is told at once to whoever looks', async () => {
    const live = openLive({ url: api.redis.url, onFault: () => undefined });
    const before = await live.events.newestEventId();
    const { id } = await addMain();
    const told = async () =>
      (await live.events.eventsAfter(before)).filter(({ event }) => event.type === 'incident');
    await expect.poll(told).toHaveLength(1);
    expect((await told())[0]?.event).toMatchObject({
      type: 'incident',
      kind: 'action',
      broadcastId,
      destinationId: id,
      message: 'Main was added.',
      actor: 'bootstrap token',
    });
    live.close();
  });

  it('has nothing of what was refused', async () => {
    await ask('POST', `/streams/${streamId}/end`);
    await ask('PATCH', `/streams/${streamId}`, { graceSeconds: 'long' });
    await ask('POST', `/destinations/${newId()}/stop`);
    expect(await timeline()).toEqual([]);
  });

  it('has once what was asked for twice with one Idempotency-Key', async () => {
    const key = { 'idempotency-key': newId() };
    const [first, again] = [await addMain(key), await addMain(key)];
    expect(again.id).toBe(first.id);
    expect(await timeline()).toHaveLength(1);
  });
});
