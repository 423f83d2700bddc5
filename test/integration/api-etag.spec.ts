import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

type Headers = Readonly<Record<string, string>>;
const ask = (method: string, path: string, headers: Headers = {}, body?: object) =>
  api.call(method, `/api/v1${path}`, { headers: { ...asBootstrap, ...headers }, body });

async function made(path: string, body: object): Promise<{ id: string; path: string }> {
  const { id } = (await (await ask('POST', path, {}, body)).json()) as { id: string };
  return { id, path: `/${path.split('/').at(-1)}/${id}` };
}

const newStream = () => made('/streams', { name: 'Show' });
async function newDestination() {
  const { id } = await newStream();
  const url = 'rtmp://203.0.113.7/live';
  return made(`/streams/${id}/destinations`, { name: 'Show', url, streamKey: 'key' });
}

const newWorkspace = () => made('/workspaces', { name: 'Team' });

describe.each([
  ['a workspace', newWorkspace],
  ['a stream', newStream],
  ['a destination', newDestination],
])('%s', (_what, make) => {
  it('has another ETag after each change, which its answer shows, and no version', async () => {
    const { path } = await make();
    const read = await ask('GET', path);
    expect(read.headers.get('etag')).toBe('"v1"');
    expect(read.headers.get('cache-control')).toBe('private, no-cache');
    expect(await read.json()).not.toHaveProperty('version');
    const changed = await ask('PATCH', path, {}, { name: 'Other' });
    expect(changed.headers.get('etag')).toBe('"v2"');
    expect((await ask('GET', path)).headers.get('etag')).toBe('"v2"');
  });

  it('is not sent again to who knows it', async () => {
    const { path } = await make();
    const known = await ask('GET', path, { 'if-none-match': '"v7", "v1"' });
    expect([known.status, await known.text()]).toEqual([304, '']);
    expect((await ask('GET', path, { 'if-none-match': '"v2"' })).status).toBe(200);
  });

  it('is changed only by who saw it as it is', async () => {
    const { path } = await make();
    const first = await ask('PATCH', path, { 'if-match': '"v1"' }, { name: 'First' });
    expect(first.status).toBe(200);
    const second = await ask('PATCH', path, { 'if-match': '"v1"' }, { name: 'Second' });
    expect(second.status).toBe(412);
    expect(await second.json()).toMatchObject({ code: 'PRECONDITION_FAILED' });
    expect(await (await ask('GET', path)).json()).toMatchObject({ name: 'First' });
  });

  it('is changed once when two who saw the same ask together', async () => {
    const { path } = await make();
    const both = await Promise.all(
      ['One', 'Two'].map((name) => ask('PATCH', path, { 'if-match': '"v1"' }, { name })),
    );
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 412]));
  });

  it.each(['v1', 'W/"v1"', '"v0"', '"v1", "v2"', ''])('refuses the ETag %j', async (etag) => {
    const { path } = await make();
    const answer = await ask('PATCH', path, { 'if-match': etag }, { name: 'Other' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'ETAG_INVALID' });
  });

  it('takes * for any', async () => {
    const { path } = await make();
    expect((await ask('PATCH', path, { 'if-match': '*' }, { name: 'Other' })).status).toBe(200);
  });
});

describe.each([
  ['a stream', newStream],
  ['a destination', newDestination],
])('%s', (_what, make) => {
  it('is removed only by who saw it as it is', async () => {
    const { path } = await make();
    expect((await ask('DELETE', path, { 'if-match': '"v2"' })).status).toBe(412);
    expect((await ask('GET', path)).status).toBe(200);
    expect((await ask('DELETE', path, { 'if-match': '"v1"' })).status).toBe(204);
    expect((await ask('DELETE', path, { 'if-match': '"v1"' })).status).toBe(404);
  });
});

describe('an Idempotency-Key', () => {
  it('is worth the same at every POST, in whatever order the fields stand', async () => {
    const { path } = await newDestination();
    const header = { 'idempotency-key': 'once' };
    const url = 'rtmp://203.0.113.7/live';
    const { id } = await newStream();
    const to = `/streams/${id}/destinations`;
    const one = await ask('POST', to, header, { name: 'A', url, streamKey: 'k' });
    const two = await ask('POST', to, header, { streamKey: 'k', url, name: 'A' });
    expect(two.headers.get('idempotent-replayed')).toBe('true');
    expect(two.headers.get('etag')).toBe(one.headers.get('etag'));
    expect(await two.json()).toEqual(await one.json());
    expect((await ask('POST', `${path}/start`, header)).status).toBe(422);
  });

  it('is not kept where an answer must be kept nowhere', async () => {
    const paste = { text: 'rtmp://live.example.com/app my-key' };
    for (const key of ['paste', 'paste']) {
      const header = { 'idempotency-key': key };
      const answer = await ask('POST', '/destinations/parse', header, paste);
      expect([answer.status, answer.headers.get('idempotent-replayed')]).toEqual([200, null]);
    }
  });
});
