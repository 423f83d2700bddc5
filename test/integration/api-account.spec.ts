import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedInSession } from '#control';
import { ask, newPerson, newWorkspace, PASSWORD, refusalOf, signIn } from './api-people.ts';
import type { Headers, Person } from './api-people.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { openSse } from './sse-reader.ts';

let api: ApiUnderTest;
let workspaceId: string;

beforeAll(async () => {
  api = await startApi();
  workspaceId = await newWorkspace(api);
});
afterAll(() => api.close());

const list = async (headers: Headers) =>
  (await ask<{ items: SignedInSession[] }>(api, headers, 'GET', '/sessions')).items;
const isIn = async (headers: Headers) =>
  (await api.call('GET', '/api/v1/session', { headers })).status === 200;
const change = (person: Person, currentPassword: string, newPassword: string) =>
  api.call('PUT', '/api/v1/session/password', {
    headers: person.headers,
    body: { currentPassword, newPassword },
  });

describe('sessions', () => {
  it('are listed for whom they are, and ended one by one', async () => {
    const person = await newPerson(api, workspaceId, 'viewer');
    const answer = await api.call('POST', '/api/v1/session', {
      body: { email: person.email, password: PASSWORD },
      headers: { 'user-agent': 'Fire\u00fffox/1 <b>' },
    });
    const second = { cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
    const items = await list(person.headers);
    expect(new Set(items.map(({ isCurrent }) => isCurrent))).toEqual(new Set([false, true]));
    const other = items.find(({ isCurrent }) => !isCurrent);
    expect(other).toMatchObject({ address: '127.0.0.1', userAgent: 'Firefox/1 <b>' });
    expect(JSON.stringify(items)).not.toMatch(/fct_|[0-9a-f]{64}/);
    const reader = await openSse(`${api.url}/api/v1/events`, second);
    await ask(api, person.headers, 'DELETE', `/sessions/${other?.id}`);
    expect([await isIn(second), await isIn(person.headers)]).toEqual([false, true]);
    await expect.poll(() => reader.ended).toBe(true);
  });

  it('of others are not found, and a token has none', async () => {
    const [one, other] = [
      await newPerson(api, workspaceId, 'owner'),
      await newPerson(api, workspaceId, 'owner'),
    ];
    const [session] = await list(other.headers);
    for (const headers of [one.headers, asBootstrap]) {
      const path = `/api/v1/sessions/${session?.id}`;
      const answer = await api.call('DELETE', path, { headers });
      expect(await refusalOf(answer)).toEqual([404, 'SESSION_NOT_FOUND']);
    }
    expect(await isIn(other.headers)).toBe(true);
    expect(await list(asBootstrap)).toEqual([]);
  });
});

describe('a new password', () => {
  const NEW = 'a longer sentence is better';

  it('ends every other session, and is the one that counts', async () => {
    const person = await newPerson(api, workspaceId, 'viewer');
    const other = await signIn(api, person.email);
    expect((await change(person, PASSWORD, NEW)).status).toBe(204);
    expect([await isIn(person.headers), await isIn(other)]).toEqual([true, false]);
    const old = await api.call('POST', '/api/v1/session', {
      body: { email: person.email, password: PASSWORD },
    });
    expect(await refusalOf(old)).toEqual([401, 'SIGN_IN_REFUSED']);
    await signIn(api, person.email, NEW);
  });

  it('needs the present one, which is guessed at five times only', async () => {
    const person = await newPerson(api, workspaceId, 'viewer');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(await refusalOf(await change(person, 'wrong', NEW))).toEqual([403, 'PASSWORD_WRONG']);
    }
    expect(await refusalOf(await change(person, PASSWORD, NEW))).toEqual([
      429,
      'TOO_MANY_ATTEMPTS',
    ]);
  });

  it.each([
    ['x'.repeat(11), 400],
    ['x'.repeat(12), 204],
    ['x'.repeat(256), 204],
    ['x'.repeat(257), 400],
  ])('of %s is answered %i', async (password, status) => {
    const person = await newPerson(api, workspaceId, 'viewer');
    expect((await change(person, PASSWORD, password)).status).toBe(status);
  });

  it('is nothing that a token has', async () => {
    const answer = await api.call('PUT', '/api/v1/session/password', {
      headers: asBootstrap,
      body: { currentPassword: PASSWORD, newPassword: NEW },
    });
    expect(await refusalOf(answer)).toEqual([403, 'NOT_ALLOWED']);
  });
});
