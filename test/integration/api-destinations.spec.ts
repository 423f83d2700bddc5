import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESTINATIONS_PER_STREAM_MAX } from '#contracts';
import type { Destination, Page, StreamStatus, StreamWithKey } from '#contracts';
import { openLive } from '#live';
import type { Live } from '#live';
import { newId } from '#persistence';
import { openQueues } from '#queue';
import type { Queues } from '#queue';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { liveStatus } from './live-status.ts';

const NODE = 'node-1';
const CANARY = 'canary-key-that-must-never-be-seen-7413';

let api: ApiUnderTest;
let live: Live;
let queues: Queues;
const told: unknown[] = [];
/** Every answer that was given, to search for the key. */
const answers: string[] = [];

beforeAll(async () => {
  api = await startApi({ ALLOW_PRIVATE_DESTINATIONS: '192.168.7.0/24' });
  live = openLive({ url: api.redis.url, onFault: () => undefined });
  queues = openQueues({ url: api.redis.url, onFault: () => undefined });
  queues.relayCommands.consume(NODE, async (command) => void told.push(command));
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
  answers.push(text);
  return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
};
const bodyOf = async <T>(answer: ReturnType<typeof ask>): Promise<T> => (await answer).body as T;

const newStream = async (): Promise<string> => {
  const { id } = await bodyOf<StreamWithKey>(ask('POST', '/streams', { name: 'Show' }));
  await live.ownership.claimStream(id, NODE);
  return id;
};
const settings = {
  name: 'Main',
  platform: 'custom',
  url: 'rtmp://192.168.7.9/app',
  streamKey: CANARY,
};
const SECURE_URL = 'rtmps://192.168.7.9/app';
const PIN = 'ab01'.repeat(16);
const newDestination = async (changes = {}): Promise<Destination> => {
  const streamId = await newStream();
  return bodyOf(ask('POST', `/streams/${streamId}/destinations`, { ...settings, ...changes }));
};
const desiredOf = async (id: string) => {
  const rows = await api.database.query(
    'SELECT sealed_key, restart_token, enabled FROM destinations WHERE id = $1',
    [id],
  );
  return rows[0];
};

describe('POST /streams/:id/destinations', () => {
  it('answers with everything but the key, and tells the relay', async () => {
    const streamId = await newStream();
    const answer = await ask('POST', `/streams/${streamId}/destinations`, settings);
    expect(answer.status).toBe(201);
    const destination = answer.body as Destination;
    expect(destination).toEqual({
      id: expect.any(String),
      streamId,
      name: 'Main',
      platform: 'custom',
      url: 'rtmp://192.168.7.9/app',
      backupUrl: null,
      keyHint: '7413',
      enabled: true,
      backupAfter: 3,
      resume: 'live',
      delaySeconds: 0,
      certificateSha256: null,
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
    await expect.poll(() => told).toContainEqual({ kind: 'reconcile', streamId });
  });

  it.each([
    [{ url: 'https://192.168.7.9/app' }, 422, 'url', 'URL_NOT_RTMP'],
    [{ url: 'rtmp://user:pass@192.168.7.9/app' }, 422, 'url', 'URL_HAS_USERINFO'],
    [{ url: 'rtmp://127.0.0.1/app' }, 422, 'url', 'ADDRESS_FORBIDDEN'],
    [{ url: 'rtmp://localhost/app' }, 422, 'url', 'ADDRESS_FORBIDDEN'],
    [{ url: 'rtmp://169.254.169.254/latest' }, 422, 'url', 'ADDRESS_FORBIDDEN'],
    [{ url: 'rtmp://192.168.7.9:6379/app' }, 422, 'url', 'URL_PORT_FORBIDDEN'],
    [{ backupUrl: 'rtmp://10.0.0.1/app' }, 422, 'backupUrl', 'ADDRESS_FORBIDDEN'],
    [{ platform: 'myspace' }, 422, 'platform', 'PLATFORM_UNKNOWN'],
    [{ streamKey: 'two words' }, 400, 'streamKey', 'WRONG_FORM'],
    [{ streamKey: undefined }, 400, 'streamKey', 'MISSING'],
    [{ delaySeconds: -1 }, 400, 'delaySeconds', 'OUT_OF_RANGE'],
    [{ delaySeconds: 601 }, 400, 'delaySeconds', 'OUT_OF_RANGE'],
    [{ backupAfter: -1 }, 400, 'backupAfter', 'OUT_OF_RANGE'],
    [{ backupAfter: 21 }, 400, 'backupAfter', 'OUT_OF_RANGE'],
    [{ resume: 'later' }, 400, 'resume', 'NOT_ALLOWED_VALUE'],
    [{ certificateSha256: 'a'.repeat(63) }, 400, 'certificateSha256', 'WRONG_FORM'],
    [{ certificateSha256: 'a'.repeat(65) }, 400, 'certificateSha256', 'WRONG_FORM'],
    [{ certificateSha256: 'g'.repeat(64) }, 400, 'certificateSha256', 'WRONG_FORM'],
    [{ certificateSha256: PIN }, 422, 'certificateSha256', 'PIN_NEEDS_RTMPS'],
    [
      { url: SECURE_URL, backupUrl: settings.url, certificateSha256: PIN },
      ...([422, 'certificateSha256', 'PIN_NEEDS_RTMPS'] as const),
    ],
  ])('refuses %j with %i, naming %s', async (changes, status, field, code) => {
    const streamId = await newStream();
    const answer = await ask('POST', `/streams/${streamId}/destinations`, {
      ...settings,
      ...changes,
    });
    expect(answer).toMatchObject({ status, body: { status, errors: [{ field, code }] } });
    const rows = await api.database.query('SELECT 1 FROM destinations WHERE stream_id = $1', [
      streamId,
    ]);
    expect(rows).toEqual([]);
  });

  it('needs a stream', async () => {
    expect(await ask('POST', `/streams/${newId()}/destinations`, settings)).toMatchObject({
      status: 404,
      body: { code: 'STREAM_NOT_FOUND' },
    });
  });

  it('stops at the limit', async () => {
    const streamId = await newStream();
    await api.database.query(
      `INSERT INTO destinations
         (id, workspace_id, stream_id, name, platform, url, sealed_key, key_hint, enabled,
          updated_at)
       SELECT gen_random_uuid(), workspace_id, id, 'n', 'custom', 'u', 's', '', true, now()
         FROM streams, generate_series(2, $2) WHERE id = $1`,
      [streamId, DESTINATIONS_PER_STREAM_MAX],
    );
    const add = () => ask('POST', `/streams/${streamId}/destinations`, settings);
    expect(await add()).toMatchObject({ status: 201 });
    expect(await add()).toMatchObject({ status: 409, body: { code: 'DESTINATION_LIMIT' } });
  });
});

describe('a destination', () => {
  it('is read alone and in its stream', async () => {
    const destination = await newDestination();
    expect(await bodyOf(ask('GET', `/destinations/${destination.id}`))).toEqual(destination);
    const page = await bodyOf<Page<Destination>>(
      ask('GET', `/streams/${destination.streamId}/destinations`),
    );
    expect(page).toEqual({ items: [destination], nextCursor: null });
  });

  it('connects anew after a change that a connection cannot follow, and only then', async () => {
    const { id } = await newDestination();
    const before = await desiredOf(id);
    await ask('PATCH', `/destinations/${id}`, { name: 'Renamed', url: settings.url });
    expect(await desiredOf(id)).toEqual(before);
    await ask('PATCH', `/destinations/${id}`, { url: 'rtmp://192.168.7.10/app' });
    expect(await desiredOf(id)).toEqual({ ...before, restart_token: 1 });
    const changed = await bodyOf<Destination>(
      ask('PATCH', `/destinations/${id}`, { streamKey: `${CANARY}-new9` }),
    );
    expect(changed).toMatchObject({ name: 'Renamed', keyHint: 'new9' });
    const after = await desiredOf(id);
    expect(after).toMatchObject({ restart_token: 2 });
    expect(after?.['sealed_key']).not.toBe(before?.['sealed_key']);
  });

  it('is pinned to one certificate, connects anew for that, and keeps the pin', async () => {
    const { id } = await newDestination({ url: SECURE_URL });
    const change = (changes: object) => ask('PATCH', `/destinations/${id}`, changes);
    expect(await change({ certificateSha256: PIN.toUpperCase() })).toMatchObject({
      status: 200,
      body: { certificateSha256: PIN },
    });
    expect(await desiredOf(id)).toMatchObject({ restart_token: 1 });
    for (const changes of [{ url: settings.url }, { backupUrl: settings.url }]) {
      expect(await change(changes)).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'certificateSha256', code: 'PIN_NEEDS_RTMPS' }] },
      });
    }
    expect(await change({ name: 'Renamed' })).toMatchObject({ body: { certificateSha256: PIN } });
    expect(await desiredOf(id)).toMatchObject({ restart_token: 1 });
    expect(await change({ certificateSha256: null, url: settings.url })).toMatchObject({
      status: 200,
      body: { certificateSha256: null, url: settings.url },
    });
  });

  it.each([
    [{ delaySeconds: 600 }],
    [{ delaySeconds: 0 }],
    [{ backupAfter: 0 }],
    [{ backupAfter: 20 }],
    [{ resume: 'rewind' }],
  ])('takes %j without connecting anew', async (changes) => {
    const destination = await newDestination();
    const before = await desiredOf(destination.id);
    const answer = await ask('PATCH', `/destinations/${destination.id}`, changes);
    const expected = { ...destination, ...changes, updatedAt: expect.any(String) };
    expect(answer).toEqual({ status: 200, body: expected });
    expect(await desiredOf(destination.id)).toEqual(before);
  });

  it('refuses a change to a forbidden address, and stays as it was', async () => {
    const destination = await newDestination();
    const answer = await ask('PATCH', `/destinations/${destination.id}`, {
      url: 'rtmp://10.1.2.3/app',
    });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'url' }] } });
    expect(await bodyOf(ask('GET', `/destinations/${destination.id}`))).toEqual(destination);
  });

  it('is stopped and started', async () => {
    const { id, streamId } = await newDestination();
    const toldOfStream = () => told.filter((command) => isDeepStrictEqual(command, reconcile));
    const reconcile = { kind: 'reconcile', streamId };
    await expect.poll(toldOfStream).toHaveLength(1);
    expect(await ask('POST', `/destinations/${id}/stop`)).toMatchObject({
      status: 200,
      body: { enabled: false },
    });
    await expect.poll(toldOfStream).toHaveLength(2);
    expect(await ask('POST', `/destinations/${id}/start`)).toMatchObject({
      status: 200,
      body: { enabled: true },
    });
  });

  it('is cut now, also when it is stopped already and plays out', async () => {
    const { id, streamId } = await newDestination();
    const cut = () => ask('POST', `/destinations/${id}/stop`, { cut: true });
    const saidCut = () => told.filter((command) => isDeepStrictEqual(command, said));
    const said = { kind: 'cutPush', streamId, destinationId: id };
    expect(await cut()).toMatchObject({ status: 200, body: { enabled: false } });
    await expect.poll(saidCut).toHaveLength(1);
    expect((await cut()).status).toBe(200);
    await expect.poll(saidCut).toHaveLength(2);
    await live.ownership.releaseStream(streamId, NODE);
    expect((await cut()).status).toBe(200);
  });

  it('is tried again now', async () => {
    const { id, streamId } = await newDestination();
    expect((await ask('POST', `/destinations/${id}/retry`)).status).toBe(202);
    await expect
      .poll(() => told)
      .toContainEqual({ kind: 'retryPush', streamId, destinationId: id });
  });

  it('cannot be tried again while it is stopped, or its stream is not live', async () => {
    const { id, streamId } = await newDestination({ enabled: false });
    const retry = () => ask('POST', `/destinations/${id}/retry`);
    expect(await retry()).toMatchObject({ status: 409, body: { code: 'DESTINATION_STOPPED' } });
    await ask('POST', `/destinations/${id}/start`);
    await live.ownership.releaseStream(streamId, NODE);
    expect(await retry()).toMatchObject({ status: 409, body: { code: 'STREAM_NOT_LIVE' } });
  });

  it('is tested by whoever does the tests', async () => {
    const { id } = await newDestination();
    const result = {
      ok: false,
      steps: [{ name: 'resolve', ok: false, ms: 3, detail: 'no such name' }],
      error: { code: 'DNS_FAILED', class: 'transient', message: 'No such name.' },
    };
    const consumer = queues.preflight.consume(async ({ destinationId }) => {
      expect(destinationId).toBe(id);
      return result as never;
    });
    expect(await ask('POST', `/destinations/${id}/test`)).toEqual({ status: 200, body: result });
    await consumer.close();
  });

  it('shows in the live picture from the moment it is made', async () => {
    const { id, streamId } = await newDestination();
    const status = await bodyOf<StreamStatus>(ask('GET', `/streams/${streamId}/status`));
    expect(status.pushes).toMatchObject([
      { destinationId: id, enabled: true, state: 'awaiting_stream' },
    ]);
    await ask('POST', `/destinations/${id}/stop`);
    expect(
      (await bodyOf<StreamStatus>(ask('GET', `/streams/${streamId}/status`))).pushes,
    ).toMatchObject([{ destinationId: id, enabled: false, state: 'stopped' }]);
  });

  it('leaves nothing of its key when it is deleted', async () => {
    const { id } = await newDestination();
    expect((await ask('DELETE', `/destinations/${id}`)).status).toBe(204);
    expect(await desiredOf(id)).toMatchObject({ sealed_key: '' });
  });

  it.each([
    ['GET', '', undefined],
    ['PATCH', '', { name: 'Other' }],
    ['DELETE', '', undefined],
    ['POST', '/start', undefined],
    ['POST', '/stop', undefined],
    ['POST', '/retry', undefined],
    ['POST', '/test', undefined],
  ])('is not found by %s %s under an id that names none', async (method, path, body) => {
    for (const id of [newId(), 'no-id']) {
      expect(await ask(method, `/destinations/${id}${path}`, body)).toMatchObject({
        status: 404,
        body: { code: 'DESTINATION_NOT_FOUND' },
      });
    }
  });
});

describe('a delay while the stream is live', () => {
  const largest = 42;
  const delayed = (id: string, delaySeconds: number) =>
    ask('PATCH', `/destinations/${id}`, { delaySeconds });
  const tooLong = {
    status: 422,
    body: {
      code: 'DELAY_TOO_LONG',
      detail: expect.stringContaining(`${largest} s`),
      errors: [{ field: 'delaySeconds', code: 'DELAY_TOO_LONG' }],
    },
  };

  it('is taken up to what memory holds, and refused beyond with the reason', async () => {
    const { id, streamId } = await newDestination();
    await live.status.putStatus({ ...liveStatus(streamId), delaySecondsMax: largest });
    expect(await delayed(id, largest)).toMatchObject({ status: 200 });
    await live.status.putStatus({ ...liveStatus(streamId), delaySecondsMax: largest });
    expect(await delayed(id, largest + 1)).toMatchObject(tooLong);
    expect(await bodyOf(ask('GET', `/destinations/${id}`))).toMatchObject({
      delaySeconds: largest,
    });
    await live.status.putStatus({ ...liveStatus(streamId), delaySecondsMax: largest });
    const more = { ...settings, delaySeconds: largest + 1 };
    expect(await ask('POST', `/streams/${streamId}/destinations`, more)).toMatchObject(tooLong);
  });

  it('that was set before does not stand in the way of another change', async () => {
    const { id, streamId } = await newDestination({ delaySeconds: largest + 1 });
    await live.status.putStatus({ ...liveStatus(streamId), delaySecondsMax: largest });
    const changes = { name: 'Renamed', delaySeconds: largest + 1 };
    expect(await ask('PATCH', `/destinations/${id}`, changes)).toMatchObject({ status: 200 });
  });

  it('is not judged when nobody says what fits', async () => {
    const { id, streamId } = await newDestination();
    await live.status.putStatus(liveStatus(streamId));
    expect(await delayed(id, 600)).toMatchObject({ status: 200 });
    api.redis.freeze();
    try {
      expect(await delayed(id, 599)).toMatchObject({ status: 200 });
    } finally {
      api.redis.thaw();
    }
  });
});

describe('a destination key', () => {
  it('is in no answer, no log line, no row and no queue', async () => {
    const { id } = await newDestination();
    await ask('PATCH', `/destinations/${id}`, { streamKey: CANARY, url: 'rtmp://10.0.0.1/app' });
    await ask('PATCH', `/destinations/${id}`, { streamKey: CANARY, name: 5 });
    const rows = await api.database.query('SELECT * FROM destinations');
    for (const text of [...answers, ...api.log, JSON.stringify(rows), JSON.stringify(told)]) {
      expect(text).not.toContain(CANARY);
    }
  });
});
