import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem, StreamWithKey } from '#contracts';
import { Secret } from '#kernel';
import { openLive } from '#live';
import type { Live } from '#live';
import { newId, openDatabase } from '#persistence';
import type { Database } from '#persistence';
import { openQueues } from '#queue';
import type { Queues } from '#queue';
import { hashIngestKey, readPublishLink } from '#vault';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

const NODE = 'node-1';

interface Key {
  readonly id: string;
  readonly input: string;
  readonly hint: string;
  readonly expiresAt: string | null;
}

let api: ApiUnderTest;
let database: Database;
let live: Live;
let queues: Queues;
const told: { readonly kind: string; readonly streamId: string }[] = [];

beforeAll(async () => {
  api = await startApi();
  database = openDatabase({ url: api.database.url });
  live = openLive({ url: api.redis.url, onFault: () => undefined });
  queues = openQueues({ url: api.redis.url, onFault: () => undefined });
  queues.relayCommands.consume(NODE, (command) => Promise.resolve(void told.push(command)));
});
afterAll(async () => {
  live.close();
  await Promise.all([queues.close(), database.close()]);
  await api.close();
});

async function ask<Body>(method: string, path: string, body?: unknown) {
  const options = { ...(body !== undefined && { body }), headers: asBootstrap };
  const response = await api.call(method, `/api/v1${path}`, options);
  const text = await response.text();
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body };
}

async function newStream(): Promise<StreamWithKey> {
  const { body } = await ask<StreamWithKey>('POST', '/streams', { name: 'Show' });
  await live.ownership.claimStream(body.id, NODE);
  return body;
}

const keysOf = async (id: string) =>
  (await ask<{ items: readonly Key[] }>('GET', `/streams/${id}/keys`)).body.items;
const holderOf = (key: string) =>
  database.system.ingestKeys.findByHash(hashIngestKey(new Secret(key)));
const isTold = (kind: string, streamId: string) =>
  expect.poll(() => told.some((one) => one.kind === kind && one.streamId === streamId)).toBe(true);

describe('the keys of a stream', () => {
  it('are listed without the keys', async () => {
    const { id, ingest } = await newStream();
    const { status, body } = await ask('GET', `/streams/${id}/keys`);
    expect(status).toBe(200);
    const hints = (await keysOf(id)).map(({ input, hint }) => ({ input, hint }));
    expect(hints).toHaveLength(2);
    expect(hints).toContainEqual({ input: 'primary', hint: ingest.streamKey.slice(-4) });
    expect(hints).toContainEqual({ input: 'backup', hint: ingest.backupStreamKey.slice(-4) });
    expect(JSON.stringify(body)).not.toContain(ingest.streamKey);
  });

  it('rotated with an overlap, work both until it is over', async () => {
    const { id, ingest } = await newStream();
    await ask('POST', `/streams/${id}/rotate-key`, { overlapSeconds: 600 });
    const old = (await keysOf(id)).find(({ hint }) => hint === ingest.streamKey.slice(-4));
    const leftMs = Date.parse(old?.expiresAt ?? '') - Date.now();
    expect(leftMs).toBeGreaterThan(590_000);
    expect(await holderOf(ingest.streamKey)).toMatchObject({
      expiresAtMs: Date.parse(old?.expiresAt ?? ''),
    });
    await isTold('checkKeys', id);
  });

  it('can be revoked, one by one, and the relay is told', async () => {
    const { id, ingest } = await newStream();
    const backup = (await keysOf(id)).find(({ input }) => input === 'backup');
    expect(await holderOf(ingest.backupStreamKey)).toBeDefined();
    const { status } = await ask('DELETE', `/streams/${id}/keys/${backup?.id}`);
    expect(status).toBe(204);
    expect(await holderOf(ingest.backupStreamKey)).toBeUndefined();
    expect(await holderOf(ingest.streamKey)).toBeDefined();
    await isTold('checkKeys', id);
    const again = await ask<Problem>('DELETE', `/streams/${id}/keys/${backup?.id}`);
    expect(again).toMatchObject({ status: 404, body: { code: 'KEY_NOT_FOUND' } });
  });

  it('keep one for the primary input, unless the caller insists', async () => {
    const { id, ingest } = await newStream();
    const [primary] = (await keysOf(id)).filter(({ input }) => input === 'primary');
    const path = `/streams/${id}/keys/${primary?.id}`;
    expect(await ask('DELETE', path)).toMatchObject({ status: 409, body: { code: 'KEY_LAST' } });
    expect(await holderOf(ingest.streamKey)).toBeDefined();
    expect((await ask('DELETE', `${path}?force=true`)).status).toBe(204);
    expect(await holderOf(ingest.streamKey)).toBeUndefined();
  });

  it('of another stream, and of none, are not found', async () => {
    const [one, other] = await Promise.all([newStream(), newStream()]);
    const [key] = await keysOf(other.id);
    for (const path of [
      `/streams/${one.id}/keys/${key?.id}`,
      `/streams/${one.id}/keys/${newId()}`,
      `/streams/${one.id}/keys/nonsense`,
      `/streams/${newId()}/keys/${key?.id}`,
    ]) {
      expect(await ask('DELETE', path), path).toMatchObject({ status: 404 });
    }
    expect((await ask('GET', `/streams/${newId()}/keys`)).status).toBe(404);
    expect(await keysOf(other.id)).toHaveLength(2);
  });
});

describe('the rules of a stream', () => {
  const none = { allowedCidrs: [], kbpsMax: null, authorise: null, hasPublishLinks: false };

  it('are none at first, and reach the relay as they are changed', async () => {
    const { id } = await newStream();
    const path = `/streams/${id}/ingest-rules`;
    expect(await ask('GET', path)).toEqual({ status: 200, body: none });
    const rules = { allowedCidrs: ['192.0.2.0/24', '2001:db8::/32'], kbpsMax: 6_000 };
    const changed = await ask('PUT', path, rules);
    expect(changed).toEqual({ status: 200, body: { ...none, ...rules, authoriseSecret: null } });
    expect(await ask('GET', path)).toEqual({ status: 200, body: { ...none, ...rules } });
    const desired = await database.system.desired.load(id);
    expect(desired?.ingest).toMatchObject(rules);
    await isTold('reconcile', id);
    await isTold('checkKeys', id);
    // What is left out stays.
    await ask('PUT', path, { kbpsMax: null });
    expect((await ask('GET', path)).body).toMatchObject({ ...rules, kbpsMax: null });
  });

  it('may name a server to be asked, whose secret is shown once', async () => {
    const { id } = await newStream();
    const path = `/streams/${id}/ingest-rules`;
    const authorise = { url: 'https://192.0.2.9/may?who=them', fallback: 'allow' };
    const { body } = await ask<{ authoriseSecret: string }>('PUT', path, { authorise });
    expect(body.authoriseSecret).toMatch(/^whsec_/);
    expect((await ask('GET', path)).body).toEqual({ ...none, authorise });
    const sealed = (await database.system.desired.load(id))?.ingest.authorise?.secretSealed;
    expect(sealed).toMatch(/^v1\./);
    const other = { ...authorise, fallback: 'refuse' };
    const again = await ask<{ authoriseSecret: null }>('PUT', path, { authorise: other });
    expect(again.body).toMatchObject({ authorise: other, authoriseSecret: null });
    const kept = (await database.system.desired.load(id))?.ingest.authorise?.secretSealed;
    expect(kept).toBe(sealed);
    await ask('PUT', path, { authorise: null });
    expect((await ask('GET', path)).body).toEqual(none);
  });

  it.each([
    ['a range that is none', { allowedCidrs: ['192.0.2.0/33'] }, 'allowedCidrs', 'CIDR_INVALID'],
    ['plain HTTP', { authorise: { url: 'http://example.com/' } }, 'authorise.url', undefined],
    [
      'a private server',
      { authorise: { url: 'https://10.0.0.1/' } },
      'authorise.url',
      'ADDRESS_FORBIDDEN',
    ],
    ['a password', { authorise: { url: 'https://a:b@example.com/' } }, 'authorise.url', undefined],
  ])('cannot be %s', async (_, rules, field, code) => {
    const { id } = await newStream();
    const { status, body } = await ask<Problem>('PUT', `/streams/${id}/ingest-rules`, rules);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ field, ...(code !== undefined && { code }) }]);
    expect((await ask('GET', `/streams/${id}/ingest-rules`)).body).toEqual(none);
  });

  it.each([
    ['kbpsMax', 99, 400],
    ['kbpsMax', 100, 200],
    ['kbpsMax', 80_000, 200],
    ['kbpsMax', 80_001, 400],
    ['allowedCidrs', Array.from({ length: 50 }, () => '192.0.2.0/24'), 200],
    ['allowedCidrs', Array.from({ length: 51 }, () => '192.0.2.0/24'), 400],
  ])('%s may be %s: %i', async (field, value, status) => {
    const { id } = await newStream();
    const answer = await ask('PUT', `/streams/${id}/ingest-rules`, { [field]: value });
    expect(answer.status).toBe(status);
  });
});

describe('a publish URL', () => {
  interface Shown {
    readonly ingest: { readonly streamKey: string; readonly rtmpsUrl: string | null };
    readonly expiresAt: string;
  }

  it('is shown once, and is all that there is to know of it', async () => {
    const { id } = await newStream();
    const wish = { expiresInSeconds: 60, once: false, input: 'backup' };
    const { status, body } = await ask<Shown>('POST', `/streams/${id}/publish-urls`, wish);
    expect(status).toBe(201);
    expect(body).toMatchObject({ once: false, input: 'backup' });
    expect(body.ingest.rtmpsUrl).toMatch(/^rtmps:/);
    const link = readPublishLink(new Secret(body.ingest.streamKey));
    expect(link).toMatchObject({ streamId: id, once: false, input: 'backup' });
    expect((link?.expiresAtS ?? 0) * 1_000).toBe(Date.parse(body.expiresAt));
    expect(Math.abs(Date.parse(body.expiresAt) - Date.now() - 60_000)).toBeLessThan(5_000);
    const [row] = await api.database.query('SELECT to_json(s) AS row FROM streams s WHERE id=$1', [
      id,
    ]);
    expect(JSON.stringify(row)).not.toContain(body.ingest.streamKey.slice(-20));
  });

  it('is signed with one key of its stream, until all are revoked', async () => {
    const { id } = await newStream();
    const make = () => ask<Shown>('POST', `/streams/${id}/publish-urls`);
    const sealedOf = async () =>
      (await database.system.desired.load(id))?.ingest.signingKeySealed ?? null;
    await Promise.all([make(), make(), make()]);
    const sealed = await sealedOf();
    await make();
    expect(await sealedOf()).toBe(sealed);
    const rules = `/streams/${id}/ingest-rules`;
    expect((await ask('GET', rules)).body).toMatchObject({ hasPublishLinks: true });
    expect((await ask('DELETE', `/streams/${id}/publish-urls`)).status).toBe(204);
    expect(await sealedOf()).toBeNull();
    await isTold('checkKeys', id);
    await make();
    expect(await sealedOf()).not.toBe(sealed);
  });

  it.each([
    [59, 400],
    [60, 201],
    [604_800, 201],
    [604_801, 400],
  ])('for %i seconds: %i', async (expiresInSeconds, status) => {
    const { id } = await newStream();
    const answer = await ask('POST', `/streams/${id}/publish-urls`, { expiresInSeconds });
    expect(answer.status).toBe(status);
  });

  it('of no stream is not found', async () => {
    for (const method of ['POST', 'DELETE']) {
      expect((await ask(method, `/streams/${newId()}/publish-urls`)).status).toBe(404);
    }
  });
});

describe('a link that works once', () => {
  it('is used first by one of all who come at the same time', async () => {
    const { id } = await newStream();
    const { publishLinks } = database.system;
    const expiresAt = new Date(Date.now() + 60_000);
    const use = () => publishLinks.use({ nonce: `nonce of ${id}`, streamId: id, expiresAt });
    const uses = await Promise.all([use(), use(), use(), use()]);
    expect(uses.filter(({ isFirst }) => isFirst)).toHaveLength(1);
    expect(new Set(uses.map(({ usedAtMs }) => usedAtMs)).size).toBe(1);
    expect(await publishLinks.forgetExpired(new Date(Date.now() + 59_000))).toBe(0);
    expect(await use()).toMatchObject({ isFirst: false });
    expect(await publishLinks.forgetExpired(new Date(Date.now() + 61_000))).toBe(1);
  });
});
