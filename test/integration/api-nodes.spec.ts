import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_WORKSPACE_ID } from '#contracts';
import { openLive } from '#live';
import type { Live, NodePresence } from '#live';
import { ask, newPerson, refusalOf } from './api-people.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

const DAY_MS = 86_400_000;
const OLD = {
  nodeId: 'old',
  startedAt: '2026-11-20T10:00:00.000Z',
  lanes: 1,
  streams: 0,
} as const satisfies NodePresence;

let api: ApiUnderTest;
let live: Live;

beforeAll(async () => {
  api = await startApi();
  live = openLive({ url: api.redis.url, onFault: () => undefined });
});
afterAll(async () => {
  live.close();
  await api.close();
});

interface Nodes {
  readonly items: readonly { readonly id: string }[];
}
const nodes = () => ask<Nodes>(api, asBootstrap, 'GET', '/nodes');

describe('GET /nodes', () => {
  it('is empty while no relay is there', async () => {
    expect(await nodes()).toEqual({ items: [] });
  });

  it('shows what relays say: their lanes with load and work, and the certificate', async () => {
    const laneFigures = [
      { lane: 0, isUp: true, load: 0.41, ingests: 2, pushes: 5 },
      { lane: 1, isUp: false, load: 0, ingests: 0, pushes: 0 },
    ];
    const certificate = {
      subject: 'CN=live.example.com',
      issuer: 'CN=authority',
      expiresAt: new Date(Date.now() + 12 * DAY_MS + DAY_MS / 2).toISOString(),
      isSelfMade: false,
    };
    const figures = {
      saidAt: '2026-11-20T10:00:03.000Z',
      isDraining: false,
      memory: { usedBytes: 310, budgetBytes: 900 },
      kbpsIn: 24_000,
      kbpsOut: 71_000,
      uplinkKbps: 100_000,
    };
    const { nodeId, lanes, ...rest } = { ...OLD, nodeId: 'new', lanes: 2, streams: 4 };
    const previewUrl = 'http://127.0.0.1:9';
    const at = '2026-11-20T10:00:02.000Z';
    const refusedPublishes = [{ at, address: '192.168.1.5', reason: 'wrong-key' }];
    const told = { laneFigures, certificate, previewUrl, refusedPublishes };
    const said = { nodeId, lanes, ...rest, ...figures, ...told };
    await live.presence.announceNode(OLD);
    await live.presence.announceNode(said);
    const { items } = await nodes();
    expect(items.find(({ id }) => id === 'new')).toEqual({
      id: 'new',
      ...rest,
      ...figures,
      lanes: laneFigures,
      certificate: { ...certificate, daysLeft: 12 },
      refusedPublishes,
    });
    const old = items.find(({ id }) => id === 'old');
    expect(old).toMatchObject({ lanes: [], memory: null, certificate: null, saidAt: null });
    expect(old).toMatchObject({ refusedPublishes: [] });
    expect(JSON.stringify(items), 'where previews are is for the API').not.toContain('127.0.0.1');
  });

  it('is for those who are above the instance, and for no owner of a workspace', async () => {
    const owner = await newPerson(api, DEFAULT_WORKSPACE_ID, 'owner');
    const answer = await api.call('GET', '/api/v1/nodes', { headers: owner.headers });
    expect(await refusalOf(answer)).toEqual([403, 'NOT_ALLOWED']);
    expect((await api.call('GET', '/api/v1/nodes')).status).toBe(401);
  });

  it('says so when nobody can be asked', async () => {
    await api.redis.stop();
    const answer = await api.call('GET', '/api/v1/nodes', { headers: asBootstrap });
    expect(await refusalOf(answer)).toEqual([503, 'LIVE_STORE_UNAVAILABLE']);
    await api.redis.start();
  });
});
