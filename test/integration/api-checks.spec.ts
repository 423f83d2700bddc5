import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Destination, PushStatus, StreamWithKey } from '#contracts';
import { openLive } from '#live';
import type { Live } from '#live';
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
  api = await startApi({ ALLOW_PRIVATE_DESTINATIONS: '192.168.7.0/24' });
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

async function newDestination(platform: string): Promise<Destination> {
  const stream = (await ask('POST', '/streams', { name: 'Show' })).body as StreamWithKey;
  await live.ownership.claimStream(stream.id, NODE);
  const settings = { name: 'Main', platform, url: 'rtmp://192.168.7.9/app', streamKey: 'live_1' };
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
