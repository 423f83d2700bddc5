import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_WORKSPACE_ID } from '#contracts';
import { openLive } from '#live';
import type { Live } from '#live';
import { openQueues } from '#queue';
import type { Queues } from '#queue';
import { newPerson, newWorkspace, refusalOf } from './api-people.ts';
import { asBootstrap, BOOTSTRAP_TOKEN, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

const QUEUES = ['deliveries', 'maintenance', 'preflight', 'schedule-edges'];

let api: ApiUnderTest;
let live: Live;
let queues: Queues;

beforeAll(async () => {
  api = await startApi();
  live = openLive({ url: api.redis.url, onFault: () => undefined });
  queues = openQueues({ url: api.redis.url, onFault: () => undefined });
});
afterAll(async () => {
  live.close();
  await queues.close();
  await api.close();
});

interface Part {
  readonly ok: boolean;
  readonly ms: number | null;
  readonly detail: string | null;
}
interface System {
  readonly startedAt: string;
  readonly postgres: Part & { sizeBytes: number | null; pendingMigrations: string[] | null };
  readonly redis: Part & { usedBytes: number | null; maxBytes: number | null };
  readonly queues: Part & { items: { name: string; waiting: number; oldestWaitingMs: unknown }[] };
  readonly mail: { readonly isConfigured: boolean };
  readonly certificates: readonly object[];
}

async function system(): Promise<System> {
  const answer = await api.call('GET', '/api/v1/system', { headers: asBootstrap });
  expect(answer.status).toBe(200);
  return (await answer.json()) as System;
}

const well = { ok: true, ms: expect.any(Number), detail: null };
const away = { ok: false, ms: null, detail: expect.stringMatching(/\w/) };

describe('GET /settings', () => {
  it('tells what is in effect, and no secret', async () => {
    const answer = await api.call('GET', '/api/v1/settings', { headers: asBootstrap });
    const text = await answer.text();
    const { items } = JSON.parse(text) as { items: { name: string; value: string | null }[] };
    const valueOf = (wanted: string) => items.find(({ name }) => name === wanted)?.value;
    expect(['BIND_HOST', 'RTMP_PORT', 'SMTP_URL'].map(valueOf)).toEqual([
      '127.0.0.1',
      '1935',
      null,
    ]);
    const secrets = ['FORKCAST_BOOTSTRAP_TOKEN', 'DATABASE_URL', 'REDIS_URL'];
    expect(secrets.map(valueOf)).toEqual(['set', 'set', 'set']);
    for (const canary of [BOOTSTRAP_TOKEN, api.database.url, api.redis.url]) {
      expect(text).not.toContain(canary);
    }
  });

  it('is for those who are above the instance, and for no owner of a workspace', async () => {
    const { headers } = await newPerson(api, await newWorkspace(api), 'owner');
    const answer = await api.call('GET', '/api/v1/settings', { headers });
    expect(await refusalOf(answer)).toEqual([403, 'NOT_ALLOWED']);
  });
});

describe('GET /system', () => {
  it('says how Postgres, Redis, the queues and mail are', async () => {
    // The first question opens connections, which a busy machine may take its time for.
    await expect.poll(system, { timeout: 10_000 }).toEqual({
      startedAt: expect.any(String),
      postgres: { ...well, sizeBytes: expect.any(Number), pendingMigrations: [] },
      redis: { ...well, usedBytes: expect.any(Number), maxBytes: null },
      queues: {
        ...well,
        items: QUEUES.map((name) => ({
          ...{ name, waiting: 0, active: 0, delayed: 0, failed: 0 },
          oldestWaitingMs: null,
        })),
      },
      mail: { isConfigured: false },
      certificates: [],
    });
    const { postgres, redis } = await system();
    expect(postgres.sizeBytes).toBeGreaterThan(1_000_000);
    expect(redis.usedBytes).toBeGreaterThan(100_000);
  });

  it('counts what waits for a relay, and for how long, and shows its certificate', async () => {
    await live.presence.announceNode({
      nodeId: 'relay-a',
      startedAt: '2026-11-20T10:00:00.000Z',
      lanes: 1,
      streams: 0,
      certificate: {
        subject: 'CN=live.example.com',
        issuer: 'CN=authority',
        expiresAt: new Date(Date.now() - 1_000).toISOString(),
        isSelfMade: false,
      },
    });
    const streamId = '01920000-0000-7000-8000-000000000001';
    await queues.relayCommands.send('relay-a', { kind: 'reconcile', streamId });
    await queues.relayCommands.send('relay-a', { kind: 'reconcile', streamId });
    const { queues: seen, certificates } = await system();
    expect(seen.items.map(({ name }) => name)).toEqual([...QUEUES, 'relay.relay-a'].toSorted());
    const own = seen.items.find(({ name }) => name === 'relay.relay-a');
    expect(own).toMatchObject({ waiting: 2, oldestWaitingMs: expect.any(Number) });
    expect(certificates).toMatchObject([{ nodeId: 'relay-a', daysLeft: -1 }]);
  });

  it('is for those who are above the instance, and for no owner of a workspace', async () => {
    for (const workspaceId of [DEFAULT_WORKSPACE_ID, await newWorkspace(api)]) {
      const { headers } = await newPerson(api, workspaceId, 'owner');
      const answer = await api.call('GET', '/api/v1/system', { headers });
      expect(await refusalOf(answer)).toEqual([403, 'NOT_ALLOWED']);
    }
    expect((await api.call('GET', '/api/v1/system')).status).toBe(401);
  });

  it.each(['stop', 'freeze'] as const)('says that Redis is away (%s)', async (fault) => {
    await (fault === 'stop' ? api.redis.stop() : Promise.resolve(api.redis.freeze()));
    expect(await system()).toMatchObject({
      postgres: well,
      redis: { ...away, usedBytes: null, maxBytes: null },
      queues: { ...away, items: [] },
      certificates: [],
    });
    await (fault === 'stop' ? api.redis.start() : Promise.resolve(api.redis.thaw()));
    await expect.poll(system, { timeout: 10_000 }).toMatchObject({ redis: well, queues: well });
  });

  it('says that the database is away', async () => {
    await api.database.drop();
    expect(await system()).toMatchObject({
      postgres: { ...away, sizeBytes: null, pendingMigrations: null },
      redis: well,
    });
  });
});
