import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RotatedKey, Stream, StreamStatus, StreamWithKey } from '#contracts';
import { openLive } from '#live';
import type { Live } from '#live';
import { newId, openDatabase } from '#persistence';
import { openQueues } from '#queue';
import { Secret } from '#kernel';
import { hashIngestKey } from '#vault';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { liveStatus } from './live-status.ts';

let api: ApiUnderTest;
let live: Live;

beforeAll(async () => {
  api = await startApi({ RTMP_PORT: '1935', RTMPS_PORT: '0' });
  live = openLive({ url: api.redis.url, onFault: () => undefined });
});
afterAll(async () => {
  live.close();
  await api.close();
});

const ask = (method: string, path: string, body?: unknown, headers = {}) =>
  api.call(method, `/api/v1${path}`, {
    ...(body === undefined ? {} : { body }),
    headers: { ...asBootstrap, ...headers },
  });
const jsonOf = async <T>(answer: Promise<Response>): Promise<T> => (await answer).json() as T;
const newStream = (name = 'Show') => jsonOf<StreamWithKey>(ask('POST', '/streams', { name }));
const problemOf = async (answer: Promise<Response>) => {
  const response = await answer;
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = (await response.json()) as { status: number; errors?: unknown };
  expect(problem.status).toBe(response.status);
  return problem;
};

describe('POST /streams', () => {
  it('answers with the place to publish to, and the key, this once', async () => {
    const answer = await ask('POST', '/streams', { name: 'Show', graceSeconds: 5 });
    expect(answer.status).toBe(201);
    const stream = (await answer.json()) as StreamWithKey;
    expect(stream).toEqual({
      id: expect.any(String),
      name: 'Show',
      graceSeconds: 5,
      endOnUnpublish: false,
      takeover: 'takeover',
      ingest: {
        rtmpUrl: 'rtmp://127.0.0.1:1935/live',
        rtmpsUrl: null,
        recommended: 'rtmp',
        certificate: 'unknown',
        streamKey: expect.stringMatching(/^fc_.{22,}$/),
        backupStreamKey: expect.stringMatching(/^fc_.{22,}$/),
        keyHint: stream.ingest.streamKey.slice(-4),
        backupKeyHint: stream.ingest.backupStreamKey.slice(-4),
      },
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
    const text = await (await ask('GET', `/streams/${stream.id}`)).text();
    expect(text).not.toContain(stream.ingest.streamKey);
    expect(text).not.toContain(stream.ingest.backupStreamKey);
    expect(stream.ingest.streamKey).not.toBe(stream.ingest.backupStreamKey);
  });

  it('keeps nothing of the key but its hash', async () => {
    const { id, ingest } = await newStream();
    const rows = await api.database.query(
      'SELECT * FROM ingest_keys WHERE stream_id = $1 ORDER BY role DESC',
      [id],
    );
    const keys = [ingest.streamKey, ingest.backupStreamKey];
    expect(rows).toMatchObject([
      { role: 'primary', key_hash: hashIngestKey(new Secret(ingest.streamKey)) },
      { role: 'backup', key_hash: hashIngestKey(new Secret(ingest.backupStreamKey)) },
    ]);
    for (const key of keys) {
      expect(JSON.stringify(rows)).not.toContain(key);
      expect(api.log.join('\n')).not.toContain(key);
    }
  });

  it.each([
    [{}, 'name'],
    [{ name: '' }, 'name'],
    [{ name: 'a\nb' }, 'name'],
    [{ name: 'Show', graceSeconds: -1 }, 'graceSeconds'],
    [{ name: 'Show', graceSeconds: 1801 }, 'graceSeconds'],
    [{ name: 'Show', graceSeconds: 'long' }, 'graceSeconds'],
    [{ name: 'Show', endOnUnpublish: 'yes' }, 'endOnUnpublish'],
    [{ name: 'Show', takeover: 'fight' }, 'takeover'],
  ])('refuses %j, naming the field', async (body, field) => {
    const problem = await problemOf(ask('POST', '/streams', body));
    expect(problem).toMatchObject({ code: 'VALIDATION_FAILED', errors: [{ field }] });
  });
});

describe('POST with an Idempotency-Key', () => {
  const once = (body: unknown, key: string) =>
    ask('POST', '/streams', body, { 'idempotency-key': key });

  it('is done once, and answers the same twice, key included', async () => {
    const first = await once({ name: 'Once' }, 'once');
    const second = await once({ name: 'Once' }, 'once');
    expect(second.status).toBe(201);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await second.json()).toEqual(await first.json());
    const rows = await api.database.query(`SELECT 1 FROM streams WHERE name = 'Once'`);
    expect(rows).toHaveLength(1);
  });

  it('stores no key in the clear', async () => {
    const { ingest } = await jsonOf<StreamWithKey>(once({ name: 'Sealed' }, 'sealed'));
    const rows = await api.database.query('SELECT * FROM idempotency_keys');
    expect(JSON.stringify(rows)).not.toContain(ingest.streamKey);
  });

  it('is refused for another request, or with a key that is none', async () => {
    await once({ name: 'First' }, 'reused');
    expect(await problemOf(once({ name: 'Second' }, 'reused'))).toMatchObject({
      status: 422,
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect(await problemOf(once({ name: 'First' }, 'x'.repeat(256)))).toMatchObject({
      status: 400,
      code: 'IDEMPOTENCY_KEY_INVALID',
    });
  });

  it('may be tried again after a refusal', async () => {
    expect((await once({ name: '' }, 'mended')).status).toBe(400);
    expect((await once({ name: 'Mended' }, 'mended')).status).toBe(201);
  });

  it('is done once also when both arrive together', async () => {
    const answers = await Promise.all([
      once({ name: 'Twin' }, 'twin'),
      once({ name: 'Twin' }, 'twin'),
    ]);
    const rows = await api.database.query(`SELECT 1 FROM streams WHERE name = 'Twin'`);
    expect(rows).toHaveLength(1);
    expect(answers.map(({ status }) => status)).toContain(201);
  });
});

describe('GET /streams', () => {
  it('gives pages that together hold every stream once', async () => {
    for (let count = 0; count < 3; count += 1) await newStream();
    const seen: string[] = [];
    let query = '?limit=2';
    do {
      const page = await jsonOf<{ items: Stream[]; nextCursor: string | null }>(
        ask('GET', `/streams${query}`),
      );
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items.map(({ id }) => id));
      query = page.nextCursor === null ? '' : `?limit=2&cursor=${page.nextCursor}`;
    } while (query !== '');
    const rows = await api.database.query('SELECT id FROM streams WHERE deleted_at IS NULL');
    expect(new Set(seen)).toEqual(new Set(rows.map(({ id }) => id)));
    expect(seen).toHaveLength(rows.length);
  });

  it.each(['limit=0', 'limit=201', 'cursor=mine'])('refuses %s', async (query) => {
    expect(await problemOf(ask('GET', `/streams?${query}`))).toMatchObject({ status: 400 });
  });
});

describe('one stream', () => {
  it.each([
    [{ graceSeconds: 0 }],
    [{ graceSeconds: 1800 }],
    [{ endOnUnpublish: true }],
    [{ takeover: 'reject' }],
    [{ takeover: 'backup' }],
  ])('takes %j and leaves the rest as it was', async (changes) => {
    const { ingest, updatedAt: _before, ...created } = await newStream();
    const { streamKey: _key, backupStreamKey: _backup, ...address } = ingest;
    const answer = await ask('PATCH', `/streams/${created.id}`, changes);
    expect(answer.status).toBe(200);
    const expected = { ...created, ingest: address, ...changes, updatedAt: expect.any(String) };
    expect(await answer.json()).toEqual(expected);
    expect(await jsonOf(ask('GET', `/streams/${created.id}`))).toEqual(expected);
  });

  it('changes, and is gone once deleted', async () => {
    const { id } = await newStream();
    const changed = await jsonOf<Stream>(ask('PATCH', `/streams/${id}`, { name: 'Other' }));
    expect(changed).toMatchObject({ name: 'Other', graceSeconds: 60 });
    expect((await ask('DELETE', `/streams/${id}`)).status).toBe(204);
    expect(await problemOf(ask('GET', `/streams/${id}`))).toMatchObject({ status: 404 });
  });

  it.each([
    ['GET', '', undefined],
    ['PATCH', '', { name: 'Other' }],
    ['DELETE', '', undefined],
    ['POST', '/rotate-key', {}],
    ['POST', '/end', undefined],
    ['POST', '/switch-input', undefined],
    ['GET', '/status', undefined],
    ['GET', '/destinations', undefined],
  ])('is not found by %s %s under an id that names none', async (method, path, body) => {
    for (const id of [newId(), 'no-id']) {
      expect(await problemOf(ask(method, `/streams/${id}${path}`, body))).toMatchObject({
        status: 404,
        code: 'STREAM_NOT_FOUND',
      });
    }
  });

  it('is shown to nobody without a token', async () => {
    expect((await api.call('GET', '/api/v1/streams')).status).toBe(401);
  });
});

describe('POST /streams/:id/rotate-key', () => {
  it('gives a new key and says until when the old one works', async () => {
    const { id, ingest } = await newStream();
    const rotated = await jsonOf<RotatedKey>(
      ask('POST', `/streams/${id}/rotate-key`, { overlapSeconds: 60 }),
    );
    expect(rotated.ingest.streamKey).not.toBe(ingest.streamKey);
    expect(Date.parse(rotated.oldKeyWorksUntil)).toBeGreaterThan(Date.now());
    const database = openDatabase({ url: api.database.url });
    for (const key of [ingest.streamKey, rotated.ingest.streamKey]) {
      const found = await database.system.ingestKeys.findByHash(hashIngestKey(new Secret(key)));
      expect(found).toMatchObject({ streamId: id });
    }
    await database.close();
  });

  it('leaves the keys of the other input alone', async () => {
    const { id, ingest } = await newStream();
    const rotated = await jsonOf<RotatedKey>(
      ask('POST', `/streams/${id}/rotate-key`, { input: 'backup' }),
    );
    expect(rotated).toMatchObject({
      input: 'backup',
      ingest: { keyHint: ingest.keyHint, backupKeyHint: rotated.ingest.streamKey.slice(-4) },
    });
    expect(rotated.ingest).not.toHaveProperty('backupStreamKey');
    const database = openDatabase({ url: api.database.url });
    const found = async (key: string) =>
      (await database.system.ingestKeys.findByHash(hashIngestKey(new Secret(key))))?.role;
    expect(await found(ingest.streamKey)).toBe('primary');
    expect(await found(rotated.ingest.streamKey)).toBe('backup');
    expect(await found(ingest.backupStreamKey)).toBeUndefined();
    await database.close();
  });

  it('gives a backup key to a stream that was made without one', async () => {
    const { id } = await newStream();
    await api.database.query(`DELETE FROM ingest_keys WHERE stream_id = $1 AND role = 'backup'`, [
      id,
    ]);
    const before = await jsonOf<Stream>(ask('GET', `/streams/${id}`));
    expect(before.ingest.backupKeyHint).toBeNull();
    const { ingest } = await jsonOf<RotatedKey>(
      ask('POST', `/streams/${id}/rotate-key`, { input: 'backup' }),
    );
    expect(ingest.backupKeyHint).toBe(ingest.streamKey.slice(-4));
  });

  it('needs no body, and ends the old key at once then', async () => {
    const { id } = await newStream();
    const rotated = await jsonOf<RotatedKey>(ask('POST', `/streams/${id}/rotate-key`));
    expect(Date.parse(rotated.oldKeyWorksUntil)).toBeLessThanOrEqual(Date.now());
  });
});

describe('what is live of a stream', () => {
  it('is nothing while no relay speaks of it', async () => {
    const { id } = await newStream();
    expect(await jsonOf<StreamStatus>(ask('GET', `/streams/${id}/status`))).toMatchObject({
      streamId: id,
      state: 'offline',
      broadcast: null,
      ingest: null,
      pushes: [],
    });
    expect(await problemOf(ask('POST', `/streams/${id}/end`))).toMatchObject({
      status: 409,
      code: 'STREAM_NOT_LIVE',
    });
  });

  it('is what the relay says', async () => {
    const { id } = await newStream();
    const at = new Date().toISOString();
    await live.status.putStatus({
      ...liveStatus(id),
      state: 'grace',
      broadcast: { id: newId(), startedAt: at },
      updatedAt: at,
    });
    expect(await jsonOf<StreamStatus>(ask('GET', `/streams/${id}/status`))).toMatchObject({
      state: 'grace',
      updatedAt: at,
    });
  });

  it('reaches the node that owns the stream: its end, its changes, its deletion', async () => {
    const { id } = await newStream();
    await live.ownership.claimStream(id, 'node-1');
    const told: unknown[] = [];
    const queues = openQueues({ url: api.redis.url, onFault: () => undefined });
    queues.relayCommands.consume('node-1', async (command) => void told.push(command));
    expect((await ask('POST', `/streams/${id}/end`)).status).toBe(202);
    await expect.poll(() => told).toEqual([{ kind: 'endBroadcast', streamId: id }]);
    expect((await ask('POST', `/streams/${id}/end`, { cut: true })).status).toBe(202);
    await expect.poll(() => told).toContainEqual({ kind: 'endBroadcast', streamId: id, cut: true });
    await ask('PATCH', `/streams/${id}`, { graceSeconds: 1 });
    await expect.poll(() => told).toContainEqual({ kind: 'reconcile', streamId: id });
    told.length = 0;
    await ask('DELETE', `/streams/${id}`);
    await expect.poll(() => told).toEqual([{ kind: 'reconcile', streamId: id }]);
    await queues.close();
  });
});

describe('while Redis is frozen', () => {
  it('changes stand, and what is live cannot be told', async () => {
    const { id } = await newStream();
    api.redis.freeze();
    try {
      expect((await ask('PATCH', `/streams/${id}`, { name: 'Stands' })).status).toBe(200);
      expect(await problemOf(ask('GET', `/streams/${id}/status`))).toMatchObject({ status: 503 });
      expect(await jsonOf<Stream>(ask('GET', `/streams/${id}`))).toMatchObject({ name: 'Stands' });
    } finally {
      api.redis.thaw();
    }
  });
});
