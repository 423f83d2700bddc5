import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

/** Of every limit: writes 2 at once and 6 a minute, reads 6, dear calls 1, an address 30. */
const PERCENT = '1';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await startApi({ RATE_LIMIT_PERCENT: PERCENT });
});
afterAll(() => api.close());

const create = () =>
  api.call('POST', '/api/v1/streams', { headers: asBootstrap, body: { name: 'Show' } });
const read = () => api.call('GET', '/api/v1/streams', { headers: asBootstrap });

/** How many were let through, one after the other. A slow machine is let ask for some more. */
async function grantedBefore429(ask: (call: number) => Promise<Response>): Promise<number> {
  for (let call = 0; call < 500; call += 1) {
    if ((await ask(call)).status === 429) return call;
  }
  throw new Error('nothing is refused');
}

describe('a caller who asks too often', () => {
  it('is told how long to wait, and what is left', async () => {
    const first = await create();
    expect(first.status).toBe(201);
    expect(first.headers.get('ratelimit-policy')).toBe('"write";q=6;w=60');
    expect(first.headers.get('ratelimit')).toBe('"write";r=1;t=0');
    expect((await create()).status).toBe(201);
    const third = await create();
    expect(third.status).toBe(429);
    expect(await third.json()).toMatchObject({ code: 'RATE_LIMITED' });
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(Number(third.headers.get('retry-after'))).toBeLessThanOrEqual(10);
  });

  it('may still read, until that is too much as well', async () => {
    expect(await grantedBefore429(read)).toBeGreaterThanOrEqual(6);
  });

  it('is stopped at the door when it is nobody that is known', async () => {
    const nobody = () => api.call('GET', '/api/v1/streams');
    expect((await nobody()).status).toBe(401);
    expect(await grantedBefore429(nobody)).toBeGreaterThanOrEqual(1);
  });

  it('is one caller from all addresses of its IPv6 network', async () => {
    const from = (address: string) =>
      api.call('GET', '/api/v1/streams', { headers: { 'x-forwarded-for': address } });
    const granted = await grantedBefore429((call) => from(`2001:db8:0:1::${call.toString(16)}`));
    expect(granted).toBeGreaterThanOrEqual(30);
    expect((await from('2001:db8:0:2::1')).status).toBe(401);
  });

  it('does not keep those away who watch over the process', async () => {
    for (let call = 0; call < 40; call += 1) {
      expect((await api.call('GET', '/healthz')).status).toBe(200);
    }
  });
});
