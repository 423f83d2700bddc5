import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#persistence';
import { asBootstrap, startApi, type ApiUnderTest } from './api-under-test.ts';

const HOOKS = '/api/v1/webhooks';
const mail = { SMTP_URL: 'smtp://127.0.0.1:25', SMTP_FROM: 'relay@example.org' };
/** Needs no name to be resolved. */
const URL_OF_HOOK = 'https://1.1.1.1/services/T0/secret-path-9876';
const standard = { name: 'On-call', format: 'standard', url: URL_OF_HOOK, kinds: ['push.live'] };

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi(mail);
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.database.query('DELETE FROM webhook_endpoints');
});

interface Answered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function call(method: string, path: string, body?: unknown): Promise<Answered> {
  const options = { headers: asBootstrap, ...(body !== undefined && { body }) };
  const response = await api.call(method, path, options);
  const text = await response.text();
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  return { status: response.status, body: parsed as Record<string, unknown> };
}

async function made(body: object = standard): Promise<Record<string, unknown> & { id: string }> {
  const { status, body: webhook } = await call('POST', HOOKS, body);
  expect(status).toBe(201);
  return webhook as { id: string };
}

describe('a webhook', () => {
  it('shows its secret once, and never where it goes', async () => {
    const { secret, ...webhook } = await made();
    expect(secret).toMatch(/^whsec_/);
    expect(webhook).toMatchObject({
      name: 'On-call',
      format: 'standard',
      targetHint: '1.1.1.1/…9876',
      kinds: ['push.live'],
      streamId: null,
      enabled: true,
      disabledReason: null,
    });
    const read = await call('GET', `${HOOKS}/${webhook.id}`);
    expect(read).toEqual({ status: 200, body: webhook });
    expect(await call('GET', HOOKS)).toEqual({
      status: 200,
      body: { items: [webhook], nextCursor: null },
    });
    const rows = JSON.stringify(await api.database.query('SELECT * FROM webhook_endpoints'));
    for (const secretText of [String(secret), 'secret-path']) {
      expect(rows).not.toContain(secretText);
      expect(api.log.join('')).not.toContain(secretText);
    }
  });

  it('by mail or for people has no secret', async () => {
    const rest = { name: 'Mail', kinds: ['ingest.lost'] };
    const email = await made({ ...rest, format: 'email', email: 'ann@example.org' });
    expect(email).toMatchObject({ secret: null, targetHint: 'ann@example.org' });
    const discord = await made({ ...rest, format: 'discord', url: URL_OF_HOOK });
    expect(discord).toMatchObject({ secret: null });
    const rotated = await call('POST', `${HOOKS}/${discord.id}/rotate-secret`, {});
    expect(rotated).toMatchObject({ status: 409, body: { code: 'WEBHOOK_NOT_SIGNED' } });
  });

  it.each([
    ['http://1.1.1.1/', 'WEBHOOK_URL_NOT_HTTPS'],
    ['https://127.0.0.1/', 'WEBHOOK_URL_FORBIDDEN'],
    ['https://localhost/', 'WEBHOOK_URL_FORBIDDEN'],
    ['https://169.254.169.254/latest', 'WEBHOOK_URL_FORBIDDEN'],
    ['https://[::ffff:10.0.0.1]/', 'WEBHOOK_URL_FORBIDDEN'],
    ['https://2130706433/', 'WEBHOOK_URL_FORBIDDEN'],
    ['https://ann:word@1.1.1.1/', 'WEBHOOK_URL_INVALID'],
    ['https://1.1.1.1:6379/', 'WEBHOOK_URL_INVALID'],
    ['nothing', 'WEBHOOK_URL_INVALID'],
  ])('that goes to %s is refused, when it is made and when it is changed', async (url, code) => {
    const refusal = { status: 422, body: { code, errors: [{ field: 'url', code }] } };
    expect(await call('POST', HOOKS, { ...standard, url })).toMatchObject(refusal);
    const { id } = await made();
    expect(await call('PATCH', `${HOOKS}/${id}`, { url })).toMatchObject(refusal);
  });

  it('whose name is not known yet may be made', async () => {
    expect(await made({ ...standard, url: 'https://not-yet.invalid/' })).toMatchObject({
      targetHint: 'not-yet.invalid/…',
    });
  });

  it.each([
    ['no kind', { kinds: [] }],
    ['an unknown kind', { kinds: ['push.fine'] }],
    ['no target', { url: undefined }],
    ['two targets', { email: 'ann@example.org' }],
    ['an unknown format', { format: 'pager' }],
    ['an unknown field', { secret: 'own' }],
  ])('with %s is refused', async (_what, change) => {
    expect(await call('POST', HOOKS, { ...standard, ...change })).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED' },
    });
  });

  it('by mail needs a mail server', async () => {
    const without = await startApi();
    const body = { name: 'Mail', format: 'email', email: 'a@b.example', kinds: ['push.live'] };
    const response = await without.call('POST', HOOKS, { body, headers: asBootstrap });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ code: 'MAIL_NOT_SET_UP' });
    await without.close();
  });

  it('can be changed in part; its format stays', async () => {
    const { secret: _secret, ...webhook } = await made();
    const path = `${HOOKS}/${webhook.id}`;
    const changed = await call('PATCH', path, { kinds: ['ingest.lost'], enabled: false });
    expect(changed.body).toEqual({
      ...webhook,
      kinds: ['ingest.lost'],
      enabled: false,
      updatedAt: expect.any(String),
    });
    const moved = await call('PATCH', path, { url: 'https://1.0.0.1/other-place-4321' });
    expect(moved.body).toMatchObject({ targetHint: '1.0.0.1/…4321', enabled: false });
    expect(await call('PATCH', path, { email: 'a@b.example' })).toMatchObject({ status: 400 });
    expect(await call('PATCH', path, { format: 'slack' })).toMatchObject({ status: 400 });
  });

  it('is changed as it was seen, or not at all', async () => {
    const { id } = await made();
    const path = `${HOOKS}/${id}`;
    const seen = (await api.call('GET', path, { headers: asBootstrap })).headers.get('etag') ?? '';
    expect(seen).toBe('"v1"');
    const headers = { ...asBootstrap, 'if-match': seen };
    const first = await api.call('PATCH', path, { headers, body: { name: 'First' } });
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"v2"']);
    const second = await api.call('PATCH', path, { headers, body: { name: 'Second' } });
    expect([second.status, await second.json()]).toMatchObject([
      412,
      { code: 'PRECONDITION_FAILED' },
    ]);
    expect((await api.call('DELETE', path, { headers })).status).toBe(412);
    expect((await call('GET', path)).body).toMatchObject({ name: 'First' });
  });

  it('of one stream needs a stream that is there', async () => {
    const stream = await call('POST', '/api/v1/streams', { name: 'Show' });
    const streamId = stream.body['id'];
    const { id } = await made({ ...standard, streamId });
    expect(await call('GET', `${HOOKS}/${id}`)).toMatchObject({ body: { streamId } });
    const stranger = { streamId: newId() };
    const refusal = { status: 404, body: { code: 'STREAM_NOT_FOUND' } };
    expect(await call('POST', HOOKS, { ...standard, ...stranger })).toMatchObject(refusal);
    expect(await call('PATCH', `${HOOKS}/${id}`, stranger)).toMatchObject(refusal);
  });

  it('is gone when it is removed, with its target and its secret', async () => {
    const { id } = await made();
    await call('POST', `${HOOKS}/${id}/test`);
    expect((await call('DELETE', `${HOOKS}/${id}`)).status).toBe(204);
    const [row] = await api.database.query('SELECT * FROM webhook_endpoints WHERE id = $1', [id]);
    expect(row).toMatchObject({ target_sealed: '', secret_sealed: null, enabled: false });
    const rows = await api.database.query('SELECT state FROM webhook_deliveries');
    expect(rows).toEqual([{ state: 'dead' }]);
    const missing = { status: 404, body: { code: 'WEBHOOK_NOT_FOUND' } };
    for (const [method, path, body] of [
      ['GET', ''],
      ['PATCH', '', { name: 'x' }],
      ['DELETE', ''],
      ['POST', '/test'],
      ['POST', '/rotate-secret', {}],
      ['GET', '/deliveries'],
      ['POST', '/replay', { since: new Date().toISOString() }],
      ['POST', `/deliveries/${newId()}/replay`],
    ] as const) {
      expect(await call(method, `${HOOKS}/${id}${path}`, body)).toMatchObject(missing);
      expect(await call(method, `${HOOKS}/nothing${path}`, body)).toMatchObject(missing);
    }
  });

  it('is one of 50 in its workspace, and of 10 by mail', async () => {
    const email = { name: 'Mail', format: 'email', email: 'a@b.example', kinds: ['push.live'] };
    for (let count = 0; count < 10; count += 1) await made(email);
    const refusal = { status: 409, body: { code: 'WEBHOOK_LIMIT' } };
    expect(await call('POST', HOOKS, email)).toMatchObject(refusal);
    for (let count = 10; count < 50; count += 1) await made();
    expect(await call('POST', HOOKS, standard)).toMatchObject(refusal);
    const page = await call('GET', `${HOOKS}?limit=49`);
    expect(page.body).toMatchObject({ items: { length: 49 }, nextCursor: expect.any(String) });
    const rest = await call('GET', `${HOOKS}?limit=49&cursor=${String(page.body['nextCursor'])}`);
    expect(rest.body).toMatchObject({ items: { length: 1 }, nextCursor: null });
  });
});

describe('what can be done with a webhook', () => {
  it('a test is one delivery to it alone, and asks a worker at once', async () => {
    const [one, other] = [await made(), await made()];
    const { status, body } = await call('POST', `${HOOKS}/${one.id}/test`);
    expect(status).toBe(202);
    expect(body).toMatchObject({ type: 'webhook.test', state: 'pending', tries: 0 });
    expect((await call('GET', `${HOOKS}/${one.id}/deliveries`)).body).toEqual({
      items: [body],
      nextCursor: null,
    });
    expect((await call('GET', `${HOOKS}/${other.id}/deliveries`)).body).toMatchObject({
      items: [],
    });
    await call('PATCH', `${HOOKS}/${one.id}`, { enabled: false });
    expect(await call('POST', `${HOOKS}/${one.id}/test`)).toMatchObject({
      status: 409,
      body: { code: 'WEBHOOK_OFF' },
    });
  });

  it('a new secret is shown once and is another', async () => {
    const { id, secret } = await made();
    const rotated = await call('POST', `${HOOKS}/${id}/rotate-secret`, { overlapSeconds: 60 });
    expect(rotated).toMatchObject({
      status: 200,
      body: { id, secret: expect.stringMatching(/^whsec_/) },
    });
    expect(rotated.body['secret']).not.toBe(secret);
    const late = await call('POST', `${HOOKS}/${id}/rotate-secret`, { overlapSeconds: 604_801 });
    expect(late.status).toBe(400);
  });

  it('what was given up can be sent again, one or all since a time', async () => {
    const { id } = await made();
    const tests = [
      await call('POST', `${HOOKS}/${id}/test`),
      await call('POST', `${HOOKS}/${id}/test`),
    ];
    await api.database.query("UPDATE webhook_deliveries SET state = 'dead', tries = 17");
    const dead = await call('GET', `${HOOKS}/${id}/deliveries?state=dead`);
    expect(dead.body).toMatchObject({ items: { length: 2 } });
    const [first] = tests.map(({ body }) => String(body['id']));
    const one = await call('POST', `${HOOKS}/${id}/deliveries/${String(first)}/replay`);
    expect(one).toMatchObject({ status: 202, body: { id: first, state: 'pending', tries: 0 } });
    const since = new Date(Date.now() - 60_000).toISOString();
    const all = await call('POST', `${HOOKS}/${id}/replay`, { since });
    expect(all).toEqual({ status: 202, body: { replayed: 1 } });
    const missing = await call('POST', `${HOOKS}/${id}/deliveries/${newId()}/replay`);
    expect(missing).toMatchObject({ status: 404, body: { code: 'DELIVERY_NOT_FOUND' } });
  });

  it('goes on without Redis: the sweep asks later', async () => {
    const { id } = await made();
    await api.redis.stop();
    expect((await call('POST', `${HOOKS}/${id}/test`)).status).toBe(202);
    await api.redis.start();
  });
});
