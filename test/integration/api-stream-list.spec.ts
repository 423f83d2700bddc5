import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Destination, LiveEvent, Page, Stream, StreamStatus } from '#contracts';
import { openLive } from '#live';
import type { Live } from '#live';
import { ask } from './api-people.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { liveStatus } from './live-status.ts';

/** As `GET /streams` gives it. */
interface Listed extends Stream {
  readonly destinations?: readonly Destination[];
  readonly status?: StreamStatus | null;
}

const SERVER = {
  platform: 'custom',
  url: 'rtmp://93.184.215.14/live',
  streamKey: 'abcd-efgh-ijkl',
};

let api: ApiUnderTest;
let live: Live;

beforeAll(async () => {
  api = await startApi();
  live = openLive({ url: api.redis.url, onFault: () => undefined });
});
afterAll(async () => {
  live.close();
  await api.close();
});

const call = <Body>(method: string, path: string, body?: object) =>
  ask<Body>(api, asBootstrap, method, path, body);
const newStream = (name: string) => call<Stream>('POST', '/streams', { name });
const addTo = ({ id }: Stream, name: string) =>
  call<Destination>('POST', `/streams/${id}/destinations`, { name, ...SERVER });
const list = async (query: string) => (await call<Page<Listed>>('GET', `/streams${query}`)).items;

describe('GET /streams?expand', () => {
  it('gives each stream its own destinations and status, and only what is asked for', async () => {
    const [one, other] = [await newStream('One'), await newStream('Other')];
    const made = [await addTo(one, 'Main'), await addTo(one, 'Second'), await addTo(other, 'Far')];
    const gone = await addTo(one, 'Gone');
    await call('DELETE', `/destinations/${gone.id}`);
    await live.status.putStatus({ ...liveStatus(one.id), state: 'grace' });
    const [main, second, far] = made;
    const both = await list('?expand=destinations,status');
    const of = (wanted: Stream) => both.find(({ id }) => id === wanted.id);
    expect(of(one)?.destinations).toEqual([main, second]);
    expect(of(other)?.destinations).toEqual([far]);
    expect(of(one)?.status).toEqual(await call('GET', `/streams/${one.id}/status`));
    expect(of(one)?.status).toMatchObject({ state: 'grace', pushes: [{}, {}] });
    expect(of(other)?.status).toMatchObject({ state: 'offline', pushes: [{}] });
    const keys = async (query: string) =>
      Object.keys((await list(query))[0] ?? {}).filter(
        (key) => key === 'destinations' || key === 'status',
      );
    expect(await keys('')).toEqual([]);
    expect(await keys('?expand=status')).toEqual(['status']);
    expect(await keys('?expand=destinations')).toEqual(['destinations']);
    expect(JSON.stringify(both)).not.toContain(SERVER.streamKey);
    const wrong = await api.call('GET', '/api/v1/streams?expand=keys', { headers: asBootstrap });
    expect(wrong.status).toBe(400);
  });

  it('gives fifty of them a page at most', async () => {
    for (let number = 0; number < 51; number += 1) await newStream(String(number));
    const lengthOf = async (query: string) => (await list(query)).length;
    expect(await lengthOf('?limit=200')).toBeGreaterThan(50);
    expect(await lengthOf('?limit=200&expand=destinations')).toBe(50);
    expect(await lengthOf('?limit=2&expand=destinations')).toBe(2);
  });
});

describe('the server that a stream recommends', () => {
  it('is the one whose certificate encoders trust, as relays show it', async () => {
    const { id } = await newStream('Where');
    const ingest = async () => (await call<Stream>('GET', `/streams/${id}`)).ingest;
    expect(await ingest()).toMatchObject({ recommended: 'rtmp', certificate: 'unknown' });
    const show = (isSelfMade: boolean) =>
      live.presence.announceNode({
        nodeId: 'node',
        startedAt: '2026-11-20T10:00:00.000Z',
        lanes: 1,
        streams: 0,
        certificate: {
          subject: 'CN=live',
          issuer: 'CN=us',
          expiresAt: new Date(Date.now() + 60_000).toISOString(),
          isSelfMade,
        },
      });
    await show(false);
    expect(await ingest()).toMatchObject({ recommended: 'rtmps', certificate: 'trusted' });
    await show(true);
    expect(await ingest()).toMatchObject({ recommended: 'rtmp', certificate: 'self-made' });
  });
});

describe('stream.changed', () => {
  const changesAfter = async (place: string) =>
    (await live.events.eventsAfter(place)).flatMap(({ event }) =>
      event.type === 'stream.changed' ? [event] : [],
    );

  it('tells every page of what was changed, and of nothing that was refused', async () => {
    const before = await live.events.newestEventId();
    const stream = await newStream('Told');
    const path = `/streams/${stream.id}`;
    await call('PATCH', path, { name: 'Renamed' });
    await call('POST', `${path}/rotate-key`, {});
    const { id } = await addTo(stream, 'Main');
    await call('PATCH', `/destinations/${id}`, { name: 'Other' });
    await call('POST', `/destinations/${id}/stop`);
    await call('PUT', `${path}/ingest-rules`, { kbpsMax: 9_000 });
    const refused = await api.call('PATCH', `/api/v1${path}`, {
      headers: asBootstrap,
      body: { graceSeconds: 'long' },
    });
    expect(refused.status).toBe(400);
    await call('DELETE', `/destinations/${id}`);
    await call('DELETE', path);
    const expected: LiveEvent[] = [
      ...(['stream', 'stream', 'stream'] as const),
      ...(['destinations', 'destinations', 'destinations'] as const),
      'stream' as const,
      'destinations' as const,
      'removed' as const,
    ].map((what) => ({
      type: 'stream.changed',
      workspaceId: expect.any(String) as string,
      streamId: stream.id,
      what,
      at: expect.any(String) as string,
    }));
    await expect.poll(() => changesAfter(before)).toEqual(expected);
  });
});
