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

  it.each(['myspace', 'constructor', '%00'])('knows no %s', async (id) => {
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
