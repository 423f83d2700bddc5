import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Destination, LiveWarning, PushStatus, StreamWithKey } from '#contracts';
import { openLive } from '#live';
import type { Live } from '#live';
import { newId } from '#persistence';
import { openQueues } from '#queue';
import type { Queues } from '#queue';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { liveStatus } from './live-status.ts';

const NODE = 'node-1';
const passed = {
  ok: true,
  steps: [
    { name: 'resolve', ok: true, ms: 3, detail: 'Found.', addresses: ['192.168.7.9'] },
    {
      name: 'tls',
      ok: true,
      ms: 12,
      detail: 'Trusted.',
      certificate: {
        subject: 'live.example.com',
        issuer: 'R3',
        validTo: '2027-01-01T00:00:00.000Z',
        daysLeft: 41,
        sha256: 'ab'.repeat(32),
      },
    },
  ],
  error: null,
};

const pushStatus: PushStatus = {
  destinationId: '',
  enabled: true,
  state: 'live',
  since: '2026-11-20T10:00:01.000Z',
  attempt: 1,
  nextRetryAt: null,
  lastError: null,
  evidence: {
    tcp: null,
    tls: null,
    publishAccepted: null,
    bytesWritten: 0,
    bytesAcked: 0,
    lastProgressAt: null,
  },
  kbps: 0,
  lagMs: 0,
  delayMs: 0,
  delayWantedMs: 0,
  startsAt: null,
  target: 'main',
  drainingUntil: null,
  droppedFrames: 0,
  warnings: [],
};

let api: ApiUnderTest;
let live: Live;
let queues: Queues;
const tested: unknown[] = [];

beforeAll(async () => {
  api = await startApi({
    ALLOW_PRIVATE_DESTINATIONS: '192.168.7.0/24',
    FORKCAST_PUBLIC_URL: 'http://192.168.7.1',
  });
  live = openLive({ url: api.redis.url, onFault: () => undefined });
  queues = openQueues({ url: api.redis.url, onFault: () => undefined });
  queues.preflight.consume(async (order) => {
    tested.push(order);
    return passed as never;
  });
});
afterAll(async () => {
  live.close();
  await queues.close();
  await api.close();
});

const ask = async (method: string, path: string, body?: unknown) => {
  const response = await api.call(method, `/api/v1${path}`, {
    ...(body === undefined ? {} : { body }),
    headers: asBootstrap,
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
};

async function newDestination(platform: string, streamKey = 'live_1'): Promise<Destination> {
  const stream = (await ask('POST', '/streams', { name: 'Show' })).body as StreamWithKey;
  await live.ownership.claimStream(stream.id, NODE);
  const settings = { name: 'Main', platform, url: 'rtmp://192.168.7.9/app', streamKey };
  const answer = await ask('POST', `/streams/${stream.id}/destinations`, settings);
  return answer.body as Destination;
}

describe('POST /destinations/:id/test', () => {
  it('answers with the addresses and the certificate that a worker saw', async () => {
    const { id } = await newDestination('custom');
    expect(await ask('POST', `/destinations/${id}/test`)).toEqual({ status: 200, body: passed });
    expect(tested).toContainEqual({ destinationId: id, publish: false });
  });

  it('publishes where the platform has a private test and the owner asks for it', async () => {
    const { id } = await newDestination('twitch');
    const publish = await ask('POST', `/destinations/${id}/test`, { publish: true });
    expect(publish).toEqual({ status: 200, body: passed });
    expect(tested).toContainEqual({ destinationId: id, publish: true });
  });

  it('publishes nowhere else', async () => {
    const { id } = await newDestination('custom');
    expect(await ask('POST', `/destinations/${id}/test`, { publish: true })).toMatchObject({
      status: 409,
      body: { code: 'TEST_PUBLISH_UNSUPPORTED' },
    });
    expect(tested).not.toContainEqual({ destinationId: id, publish: true });
  });

  it.each(['connecting', 'live', 'degraded', 'draining', 'retrying'] as const)(
    'publishes nothing beside a push that is %s',
    async (state) => {
      const { id, streamId } = await newDestination('twitch');
      const pushes = [{ ...pushStatus, destinationId: id, state }];
      await live.status.putStatus({ ...liveStatus(streamId), pushes });
      expect(await ask('POST', `/destinations/${id}/test`, { publish: true })).toMatchObject({
        status: 409,
        body: { code: 'DESTINATION_LIVE' },
      });
      expect((await ask('POST', `/destinations/${id}/test`)).status).toBe(200);
    },
  );

  it('takes nothing but what it knows', async () => {
    const { id } = await newDestination('twitch');
    for (const body of [{ publish: 'yes' }, { private: true }]) {
      expect((await ask('POST', `/destinations/${id}/test`, body)).status).toBe(400);
    }
  });
});

describe('GET /streams/:id/checks', () => {
  const checksOf = async (streamId: string) => {
    const { status, body } = await ask('GET', `/streams/${streamId}/checks`);
    expect(status).toBe(200);
    return (body as { items: LiveWarning[] }).items;
  };
  const add = (streamId: string, changes: object) =>
    ask('POST', `/streams/${streamId}/destinations`, {
      name: 'Second',
      url: 'rtmp://192.168.7.9/app',
      streamKey: 'live_1',
      ...changes,
    });
  const warning: LiveWarning = {
    code: 'BITRATE_HIGH',
    message: 'Too much.',
    limit: 6_000,
    measured: 8_000,
    destinationIds: [],
    sinceAt: '2026-11-21T10:00:00.000Z',
  };

  it('has nothing to say of one destination that nobody else uses', async () => {
    const { streamId } = await newDestination('custom', 'key-of-its-own');
    expect(await checksOf(streamId)).toEqual([]);
  });

  it('finds one key at two destinations, before anything is live', async () => {
    const { id, streamId } = await newDestination('custom', 'twice-here');
    await add(streamId, { streamKey: 'twice-here' });
    expect(await checksOf(streamId)).toMatchObject([
      { code: 'DUPLICATE_KEY', destinationIds: [id, expect.any(String)] },
    ]);
  });

  it('finds it in another stream of the workspace too, while it is wanted there', async () => {
    const [here, there] = [
      await newDestination('custom', 'twice-there'),
      await newDestination('custom', 'twice-there'),
    ];
    expect(await checksOf(here.streamId)).toMatchObject([
      {
        code: 'DUPLICATE_KEY',
        destinationIds: [here.id],
        message: expect.stringMatching(/Main and Main of Show/),
      },
    ]);
    await ask('POST', `/destinations/${there.id}/stop`);
    expect(await checksOf(here.streamId)).toEqual([]);
  });

  it('finds a destination that leads back to here', async () => {
    const { id, streamId } = await newDestination('custom', 'loop');
    expect(await checksOf(streamId)).toEqual([]);
    await ask('PATCH', `/destinations/${id}`, { url: 'rtmp://192.168.7.1:1935/live' });
    expect(await checksOf(streamId)).toMatchObject([{ code: 'LOOP', destinationIds: [id] }]);
  });

  it('tells what the relay has found, each once', async () => {
    const { id, streamId } = await newDestination('custom', 'seen-live');
    const mine = { ...warning, destinationIds: [id] };
    const pushes = [
      { ...pushStatus, destinationId: id, warnings: [mine] },
      { ...pushStatus, destinationId: streamId, warnings: [mine] },
    ];
    const short = { ...warning, code: 'UPLINK_SHORT' as const, destinationIds: [id] };
    await live.status.putStatus({ ...liveStatus(streamId), warnings: [short], pushes });
    expect(await checksOf(streamId)).toEqual([short, mine]);
  });

  it('says what it knows while the relay cannot be heard', async () => {
    const { streamId } = await newDestination('custom', 'no-redis');
    await add(streamId, { streamKey: 'no-redis' });
    api.redis.freeze();
    try {
      expect(await checksOf(streamId)).toMatchObject([{ code: 'DUPLICATE_KEY' }]);
    } finally {
      api.redis.thaw();
    }
  });

  it('is not found under an id that names none', async () => {
    expect((await ask('GET', `/streams/${newId()}/checks`)).status).toBe(404);
  });
});
