import { Redis } from 'ioredis';
import { migrate } from '#persistence';
import { afterEach, expect, test, vi } from 'vitest';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

let api: ApiUnderTest;

afterEach(() => api.close());

async function readiness() {
  const answer = await api.call('GET', '/readyz');
  const body = (await answer.json()) as { status: string; missing: { name: string }[] };
  return {
    code: answer.status,
    status: body.status,
    missing: body.missing.map(({ name }) => name),
  };
}

const READY = { code: 200, status: 'ready', missing: [] };
const alive = async () => (await api.call('GET', '/healthz')).status;
const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 100 });

test('with everything there it is alive and ready', async () => {
  api = await startApi();
  // Looks have a deadline, which the first on a busy machine may miss.
  await soon(async () => expect(await readiness()).toEqual(READY));
  expect(await alive()).toBe(200);
});

test.each(['stop', 'freeze'] as const)(
  'without Redis (%s) it is alive, says what is missing, and answers 503 where Redis is needed',
  async (fault) => {
    api = await startApi();
    await soon(async () => expect(await readiness()).toEqual(READY));
    await (fault === 'stop' ? api.redis.stop() : Promise.resolve(api.redis.freeze()));
    expect(await readiness()).toEqual({ code: 503, status: 'unready', missing: ['redis'] });
    expect(await alive()).toBe(200);
    const events = await api.call('GET', '/api/v1/events', { headers: asBootstrap });
    expect([events.status, await events.json()]).toMatchObject([
      503,
      { code: 'LIVE_STORE_UNAVAILABLE' },
    ]);
    await (fault === 'stop' ? api.redis.start() : Promise.resolve(api.redis.thaw()));
    await soon(async () => expect(await readiness()).toEqual(READY));
  },
);

test('with a Redis that takes no writes it is not ready, and calls no stream offline', async () => {
  api = await startApi();
  await soon(async () => expect(await readiness()).toEqual(READY));
  const name = { name: 'nobody can speak for it' };
  const made = await api.call('POST', '/api/v1/streams', { headers: asBootstrap, body: name });
  const { id } = (await made.json()) as { id: string };
  const status = async () => {
    const answer = await api.call('GET', `/api/v1/streams/${id}/status`, { headers: asBootstrap });
    return [answer.status, await answer.json()];
  };
  expect(await status()).toMatchObject([200, { state: 'offline' }]);
  const observer = new Redis(api.redis.url);
  await observer.config('SET', 'maxmemory', '1');
  expect(await readiness()).toEqual({ code: 503, status: 'unready', missing: ['redis'] });
  expect(await alive()).toBe(200);
  expect(await status()).toMatchObject([503, { code: 'LIVE_STORE_REFUSED' }]);
  await observer.config('SET', 'maxmemory', '0');
  observer.disconnect();
  await soon(async () => expect(await readiness()).toEqual(READY));
});

test('without its database it is alive and not ready', async () => {
  api = await startApi();
  await api.database.drop();
  expect(await readiness()).toMatchObject({ code: 503, missing: ['postgres'] });
  expect(await alive()).toBe(200);
  const answer = await api.call('POST', '/api/v1/session', {
    body: { email: 'a@example.org', password: 'x' },
  });
  expect(answer.status).toBeGreaterThanOrEqual(500);
  expect(await answer.text()).not.toMatch(/spec_|postgres|prisma/i);
});

test('with a schema that is behind it is not ready, until the migrations have run', async () => {
  api = await startApi({}, { migrated: false });
  expect(await readiness()).toMatchObject({ code: 503, missing: ['schema'] });
  await migrate({ url: api.database.url });
  expect(await readiness()).toEqual(READY);
});
