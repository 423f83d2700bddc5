import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SLATE_UPLOAD_BYTES_MAX, type StreamWithKey } from '#contracts';
import { openDatabase, type Database } from '#persistence';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

/** One pixel, as far as its header tells. */
const PICTURE = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');
const asPng = { ...asBootstrap, 'content-type': 'image/png' };

let api: ApiUnderTest;
let database: Database;
beforeAll(async () => {
  api = await startApi();
  database = openDatabase({ url: api.database.url });
});
afterAll(async () => {
  await database.close();
  await api.close();
});

async function newStream(): Promise<string> {
  const headers = asBootstrap;
  const answer = await api.call('POST', '/api/v1/streams', { body: { name: 'Show' }, headers });
  return ((await answer.json()) as StreamWithKey).id;
}

const urlOf = (id: string) => `${api.url}/api/v1/streams/${id}/slate`;
const put = (id: string, body: Buffer<ArrayBuffer>, headers: Record<string, string> = asPng) =>
  fetch(urlOf(id), { method: 'PUT', body, headers });
const ask = (id: string, method = 'GET') => fetch(urlOf(id), { method, headers: asBootstrap });
const problemOf = async (response: Response) => {
  const { code } = (await response.json()) as { readonly code: string };
  return [response.status, code];
};

describe('the slate of a stream', () => {
  it('is kept as it was sent, told to the relay, and replaced', async () => {
    const id = await newStream();
    expect(await problemOf(await ask(id))).toEqual([404, 'SLATE_NOT_FOUND']);
    expect((await database.system.desired.load(id))?.slate).toBeNull();
    const answer = await put(id, PICTURE);
    expect(answer.status).toBe(200);
    const slate = (await answer.json()) as { readonly sha256: string };
    expect(slate).toMatchObject({ mime: 'image/png', bytes: PICTURE.length, width: 1, height: 1 });
    expect((await database.system.desired.load(id))?.slate).toBe(slate.sha256);
    const read = await ask(id);
    expect(read.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await read.arrayBuffer()).equals(PICTURE)).toBe(true);
    const other = Buffer.concat([PICTURE, Buffer.of(1)]);
    expect((await put(id, other)).status).toBe(200);
    expect((await (await ask(id)).arrayBuffer()).byteLength).toBe(other.length);
  });

  it('is removed, and goes with its stream', async () => {
    const id = await newStream();
    expect(await problemOf(await ask(id, 'DELETE'))).toEqual([404, 'SLATE_NOT_FOUND']);
    await put(id, PICTURE);
    expect((await ask(id, 'DELETE')).status).toBe(204);
    expect((await database.system.desired.load(id))?.slate).toBeNull();
    await put(id, PICTURE);
    await api.call('DELETE', `/api/v1/streams/${id}`, { headers: asBootstrap });
    expect(await problemOf(await ask(id))).toEqual([404, 'SLATE_NOT_FOUND']);
    expect(await problemOf(await put(id, PICTURE))).toEqual([404, 'STREAM_NOT_FOUND']);
    const rows = await api.database.query('SELECT 1 FROM slates WHERE stream_id = $1', [id]);
    expect(rows).toEqual([]);
  });

  it('may be as large as the limit, and no larger', async () => {
    const id = await newStream();
    const largest = Buffer.concat([PICTURE], SLATE_UPLOAD_BYTES_MAX);
    expect((await put(id, largest)).status).toBe(200);
    const larger = Buffer.concat([PICTURE], SLATE_UPLOAD_BYTES_MAX + 1);
    expect(await problemOf(await put(id, larger))).toEqual([413, 'SLATE_TOO_LARGE']);
    expect((await (await ask(id)).arrayBuffer()).byteLength).toBe(SLATE_UPLOAD_BYTES_MAX);
  });

  it.each([
    ['a GIF', 'image/gif', 415, 'SLATE_TYPE_UNKNOWN'],
    ['a form', 'application/x-www-form-urlencoded', 415, 'SLATE_TYPE_UNKNOWN'],
    ['a PNG that says it is a JPEG', 'image/jpeg', 422, 'SLATE_NOT_A_PICTURE'],
  ])('is refused: %s', async (_, type, status, code) => {
    const id = await newStream();
    const answer = await put(id, PICTURE, { ...asBootstrap, 'content-type': type });
    expect(await problemOf(answer)).toEqual([status, code]);
  });

  it('is nobody’s who is not signed in', async () => {
    const id = await newStream();
    const answer = await put(id, PICTURE, { 'content-type': 'image/png' });
    expect(answer.status).toBe(401);
    expect((await fetch(urlOf(id))).status).toBe(401);
  });
});
