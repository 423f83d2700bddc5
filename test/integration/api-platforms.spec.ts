import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Platform } from '#contracts';
import { PASTE_CHARACTERS_MAX } from '#control';
import type { DestinationSplit } from '#control';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

const CANARY = 'canary-key-of-a-paste-5522';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const ask = async (method: string, path: string, body?: unknown, headers: object = asBootstrap) => {
  const response = await api.call(method, `/api/v1${path}`, {
    ...(body === undefined ? {} : { body }),
    headers: { ...headers },
  });
  const answer: unknown = await response.json();
  return { status: response.status, body: answer };
};
const parse = (text: string, platform?: string) =>
  ask('POST', '/destinations/parse', { text, ...(platform !== undefined && { platform }) });

describe('GET /platforms', () => {
  it('lists each with servers, limits, sources and a date', async () => {
    const { body } = await ask('GET', '/platforms');
    const { items } = body as { items: Platform[] };
    expect(items.length).toBeGreaterThan(25);
    for (const { sources, verifiedOn } of items) {
      expect(sources.length).toBeGreaterThan(0);
      expect(verifiedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
    expect(items.find(({ id }) => id === 'facebook')).toMatchObject({
      videoKbpsMax: 9_000,
      keyframeSecondsMax: 4,
      limits: { videoKbpsMax: 9_000, audioRequired: true, bFramesMax: null },
    });
  });

  it('gives one by its id', async () => {
    expect(await ask('GET', '/platforms/twitch')).toMatchObject({
      status: 200,
      body: { id: 'twitch', privateTest: { append: '?bandwidthtest=true' }, hoursMax: 48 },
    });
  });

  it.each(['myspace', 'constructor', '%20'])('knows no %s', async (id) => {
    expect(await ask('GET', `/platforms/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'PLATFORM_NOT_FOUND' },
    });
  });

  it('is for those who are signed in', async () => {
    expect((await ask('GET', '/platforms/twitch', undefined, {})).status).toBe(401);
  });
});

describe('POST /destinations/parse', () => {
  it('answers with the split, as a destination takes it', async () => {
    const key = `FB-${CANARY}?s_bl=1&a=x%2Fy`;
    const { status, body } = await parse(`rtmps://live-api-s.facebook.com:443/rtmp/${key}`);
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        platform: 'facebook',
        scheme: 'rtmps',
        host: 'live-api-s.facebook.com',
        port: 443,
        app: 'rtmp',
        url: 'rtmps://live-api-s.facebook.com:443/rtmp',
        backupUrl: null,
        streamKey: key,
        warnings: [],
      },
    });
    const { platform, url, streamKey } = body as DestinationSplit;
    const stream = await ask('POST', '/streams', { name: 'Show' });
    const path = `/streams/${(stream.body as { id: string }).id}/destinations`;
    const made = await ask('POST', path, { name: 'Page', platform, url, streamKey });
    expect(made).toMatchObject({ status: 201, body: { platform, url, keyHint: '%2Fy' } });
  });

  it('takes the chosen platform where a host belongs to several', async () => {
    const text = 'rtmps://0123456789ab.global-contribute.live-video.net sk_us-1';
    expect((await parse(text, 'amazon-ivs')).body).toMatchObject({
      platform: 'amazon-ivs',
      app: 'app',
      warnings: [{ code: 'APP_ADDED' }],
    });
  });

  it.each([
    ['only-a-key', 'URL_MISSING'],
    ['rtmp://live.twitch.tv/app', 'KEY_MISSING'],
    ['rtmp://me:secret@live.example.com/app/key', 'PASTE_UNREADABLE'],
    ['rtmp://live.example.com:22/app/key', 'URL_PORT_FORBIDDEN'],
    ['rtmp://127.1/app/key', 'URL_HOST_INVALID'],
  ])('refuses %j with %s', async (text, code) => {
    expect(await parse(text)).toMatchObject({
      status: 422,
      body: { code, errors: [{ field: 'text', code }] },
    });
  });

  it.each([
    [{}],
    [{ text: '' }],
    [{ text: 'x'.repeat(PASTE_CHARACTERS_MAX + 1) }],
    [{ text: 'x', platform: 'No Id' }],
    [{ text: 'x', more: 1 }],
  ])('refuses a body such as %.40j', async (body) => {
    expect(await ask('POST', '/destinations/parse', body)).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED' },
    });
  });

  it('keeps nothing of a paste, and logs nothing of it', async () => {
    const text = `rtmp://me.example/live/${CANARY}`;
    const asked = { ...asBootstrap, 'idempotency-key': 'paste-1' };
    expect((await ask('POST', '/destinations/parse', { text }, asked)).status).toBe(200);
    await parse(`srt://me.example ${CANARY}`);
    expect(api.log.join('\n')).not.toContain(CANARY);
    const kept = await api.database.query('SELECT count(*)::int AS count FROM idempotency_keys');
    expect(kept).toEqual([{ count: 0 }]);
  });
});

describe('a destination whose key is none', () => {
  it.each([
    ['rtmp://live.twitch.tv/app/live_1', 'KEY_IS_URL'],
    ['********', 'KEY_IS_MASKED'],
  ])('such as %s is refused with %s', async (streamKey, code) => {
    const stream = await ask('POST', '/streams', { name: 'Show' });
    const path = `/streams/${(stream.body as { id: string }).id}/destinations`;
    const url = 'rtmp://live.twitch.tv/app';
    const body = { name: 'Main', platform: 'twitch', url, streamKey };
    expect(await ask('POST', path, body)).toMatchObject({
      status: 422,
      body: { code, errors: [{ field: 'streamKey', code }] },
    });
  });
});

describe('a destination that is saved', () => {
  const newStream = async (): Promise<string> => {
    const stream = await ask('POST', '/streams', { name: 'Show' });
    return (stream.body as { id: string }).id;
  };
  const save = async (changes: object, streamId?: string) => {
    const kept = { name: 'Main', platform: 'twitch', url: 'rtmp://live.twitch.tv/app' };
    const path = `/streams/${streamId ?? (await newStream())}/destinations`;
    const body = { ...kept, streamKey: 'live_1', ...changes };
    const answer = await ask('POST', path, body);
    return answer.body as { id: string; warnings?: { code: string }[] };
  };
  const codesOf = ({ warnings = [] }: { warnings?: { code: string }[] }) =>
    warnings.map(({ code }) => code);
  const printOf = async (id: string) => {
    const sql = 'SELECT key_fingerprint FROM destinations WHERE id = $1';
    const [row] = await api.database.query(sql, [id]);
    return row?.['key_fingerprint'];
  };

  it.each<[changes: object, codes: string[]]>([
    [{ platform: 'custom', url: 'rtmp://me.example/live' }, []],
    [{ url: 'rtmps://ingest.global-contribute.live-video.net/app' }, []],
    [{}, ['NOT_ENCRYPTED']],
    [{ streamKey: 'sk_1?bandwidthtest=true' }, ['NOT_ENCRYPTED', 'KEY_UNUSUAL', 'KEY_FOR_TEST']],
    [{ platform: 'youtube' }, ['HOST_OF_OTHER_PLATFORM']],
    [{ url: 'rtmp://my-proxy.example/app', streamKey: 'mine' }, []],
  ])('%j with warnings %j, and not refused', async (changes, codes) => {
    const saved = await save(changes);
    expect(saved.id).toEqual(expect.any(String));
    expect(codesOf(saved)).toEqual(codes);
  });

  it('is warned of when it is changed, and not when it is read', async () => {
    const { id } = await save({ platform: 'custom', url: 'rtmp://me.example/live' });
    const changed = await ask('PATCH', `/destinations/${id}`, { url: 'rtmp://live.twitch.tv/app' });
    expect(codesOf(changed.body as object)).toEqual(['HOST_OF_OTHER_PLATFORM']);
    const { body } = await ask('GET', `/destinations/${id}`);
    expect(body).not.toHaveProperty('warnings');
  });

  it('refuses a changed key that is none at the platform it has', async () => {
    const { id } = await save({});
    const change = { streamKey: 'rtmp://live.twitch.tv/app/live_1' };
    expect(await ask('PATCH', `/destinations/${id}`, change)).toMatchObject({
      status: 422,
      body: { code: 'KEY_IS_URL', errors: [{ field: 'streamKey' }] },
    });
  });

  it('has a fingerprint of host and key, which follows each of them', async () => {
    const streamId = await newStream();
    const [one, same, other] = await Promise.all([
      save({}, streamId),
      save({ url: 'rtmp://LIVE.twitch.tv/app/' }, streamId),
      save({ streamKey: 'live_2' }, streamId),
    ]);
    const first = await printOf(one.id);
    expect(first).toMatch(/^[\w-]{20,}$/);
    expect(await printOf(same.id)).toBe(first);
    expect(await printOf(other.id)).not.toBe(first);
    await ask('PATCH', `/destinations/${other.id}`, { streamKey: 'live_1' });
    expect(await printOf(other.id)).toBe(first);
    await ask('PATCH', `/destinations/${other.id}`, { url: 'rtmp://me.example/live' });
    expect(await printOf(other.id)).not.toBe(first);
    await ask('PATCH', `/destinations/${other.id}`, { url: 'rtmp://live.twitch.tv/app' });
    expect(await printOf(other.id)).toBe(first);
    await ask('PATCH', `/destinations/${other.id}`, { name: 'Third' });
    expect(await printOf(other.id)).toBe(first);
    await api.database.query('UPDATE destinations SET sealed_key = $2 WHERE id = $1', [
      other.id,
      'not to be opened',
    ]);
    const moved = { url: 'rtmp://live-fra.twitch.tv/app' };
    expect((await ask('PATCH', `/destinations/${other.id}`, moved)).status).toBe(200);
    expect(await printOf(other.id)).toBeNull();
  });
});

describe('the built-in test destination', () => {
  const testUrl = 'rtmp://test.invalid/live';
  const make = async (changes: object) => {
    const stream = await ask('POST', '/streams', { name: 'Show' });
    const path = `/streams/${(stream.body as { id: string }).id}/destinations`;
    const answer = await ask('POST', path, { name: 'Rehearsal', platform: 'test', ...changes });
    return { ...answer, id: (answer.body as { id: string }).id };
  };
  const rowOf = async (id: string) => {
    const sql = 'SELECT url, key_fingerprint, restart_token FROM destinations WHERE id = $1';
    return (await api.database.query(sql, [id]))[0];
  };

  it.each([
    [{}],
    [{ url: 'rtmp://127.0.0.1/live', streamKey: 'mine', backupUrl: 'rtmp://10.0.0.1/a' }],
  ])('needs neither server nor key, and has its own whatever it is given: %j', async (changes) => {
    const { status, id, body } = await make(changes);
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { platform: 'test', url: testUrl, backupUrl: null, keyHint: '' },
    });
    expect(body).not.toHaveProperty('warnings');
    expect(await rowOf(id)).toMatchObject({ key_fingerprint: null });
  });

  it('stays as it is when a server is set, and becomes another with server and key', async () => {
    const { id } = await make({});
    const change = (body: object) => ask('PATCH', `/destinations/${id}`, body);
    const moved = await change({ url: 'rtmp://live.twitch.tv/app', streamKey: 'live_1' });
    expect(moved).toMatchObject({ status: 200, body: { url: testUrl } });
    expect(await rowOf(id)).toMatchObject({ restart_token: 0 });
    expect(await change({ platform: 'twitch', url: 'rtmp://live.twitch.tv/app' })).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED', errors: [{ field: 'streamKey' }] },
    });
    const url = 'rtmp://live.twitch.tv/app';
    const whole = await change({ platform: 'twitch', url, streamKey: 'live_12345678' });
    expect(whole).toMatchObject({ status: 200, body: { url, keyHint: '5678' } });
    expect(await rowOf(id)).toMatchObject({
      restart_token: 1,
      key_fingerprint: expect.any(String),
    });
    expect(await change({ platform: 'test' })).toMatchObject({ body: { url: testUrl } });
    expect(await rowOf(id)).toMatchObject({ restart_token: 2, key_fingerprint: null });
  });

  it('is the only one that needs none', async () => {
    expect(await make({ platform: 'custom' })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'url' }, { field: 'streamKey' }] },
    });
  });
});
