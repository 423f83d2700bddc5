import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedInSession } from '#control';
import {
  ask,
  linkToken,
  newPerson,
  newWorkspace,
  PASSWORD,
  refusalOf,
  signIn,
} from './api-people.ts';
import type { Headers, Person } from './api-people.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import type { NewPasswordReset } from '../../apps/api/src/password-resets/password-reset-bodies.ts';
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

describe('a forgotten password', () => {
  const NEW = 'a sentence of somebody else';
  const gone = [403, 'PASSWORD_RESET_INVALID'];
  const issue = async ({ id }: Person) =>
    ask<NewPasswordReset>(api, asBootstrap, 'POST', `/users/${id}/password-resets`);
  const open = (deed: 'read' | 'use', link: string, rest: object = {}) =>
    api.call('POST', `/api/v1/password-resets/${deed}`, {
      body: { token: linkToken(link), ...rest },
    });

  it('is set anew by a link that works once, and ends every session', async () => {
    const person = await newPerson(api, workspaceId, 'viewer');
    const { link, ...issued } = await issue(person);
    expect(issued).toEqual({ email: person.email, expiresAt: expect.stringMatching(/Z$/) });
    expect(await isIn(person.headers), 'nothing changes until it is used').toBe(true);
    const read = await open('read', link);
    expect([read.status, await read.json()]).toEqual([200, issued]);
    const used = await open('use', link, { password: NEW });
    expect([used.status, await used.json()]).toMatchObject([201, { kind: 'user' }]);
    const cookie = used.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect([await isIn(person.headers), await isIn({ cookie })]).toEqual([false, true]);
    await signIn(api, person.email, NEW);
    const again = [await open('use', link, { password: NEW }), await open('read', link)];
    expect(await Promise.all(again.map(refusalOf))).toEqual([gone, gone]);
  });

  it('keeps nothing of the link but a hash, and leaves two entries behind', async () => {
    const person = await newPerson(api, workspaceId, 'viewer');
    const { link } = await issue(person);
    const rows = await api.database.query('SELECT * FROM password_resets');
    expect(JSON.stringify(rows)).not.toContain(linkToken(link));
    await open('use', link, { password: NEW });
    const entries = await api.database.query(
      `SELECT action, actor_name, target_name, address FROM audit_entries
        WHERE target_id = $1 ORDER BY at`,
      [person.id],
    );
    const about = { target_name: person.email, address: '127.0.0.1' };
    expect(entries).toEqual([
      { action: 'password-reset.create', actor_name: 'bootstrap token', ...about },
      { action: 'password-reset.use', actor_name: person.email, ...about },
    ]);
    expect(api.log.join('\n')).not.toContain(linkToken(link));
  });

  it('has one link: the newest, for a day, for an account that is not disabled', async () => {
    const person = await newPerson(api, workspaceId, 'viewer');
    const [{ link: older }, { link, expiresAt }] = [await issue(person), await issue(person)];
    const hours = (Date.parse(expiresAt) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(23.9);
    expect(hours).toBeLessThanOrEqual(24);
    expect(await refusalOf(await open('read', older))).toEqual(gone);
    const disable = (isDisabled: boolean) =>
      ask(api, asBootstrap, 'PATCH', `/users/${person.id}`, { isDisabled });
    await disable(true);
    expect(await refusalOf(await open('use', link, { password: NEW }))).toEqual(gone);
    await disable(false);
    expect((await open('read', link)).status, 'a link that did not help is not used').toBe(200);
    await api.database.query('UPDATE password_resets SET expires_at = now()');
    expect(await refusalOf(await open('use', link, { password: NEW }))).toEqual(gone);
    await signIn(api, person.email);
  });

  it('is helped with by those above the instance, and wants a password that will do', async () => {
    const owner = await newPerson(api, workspaceId, 'owner');
    const path = (id: string): string => `/api/v1/users/${id}/password-resets`;
    const own = await api.call('POST', path(owner.id), { headers: owner.headers });
    expect(await refusalOf(own)).toEqual([403, 'NOT_ALLOWED']);
    const nobody = await api.call('POST', path(owner.id.replace(/.$/, 'x')), {
      headers: asBootstrap,
    });
    expect(await refusalOf(nobody)).toEqual([404, 'USER_NOT_FOUND']);
    const { link } = await issue(owner);
    const weak = await open('use', link, { password: 'short' });
    expect(await refusalOf(weak)).toEqual([400, 'VALIDATION_FAILED']);
    expect((await open('read', link)).status).toBe(200);
  });
});
