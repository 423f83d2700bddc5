import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '#contracts';
import { ROLE_PERMISSIONS } from '#control';
import type { Invitation, Member, NewInvitation, OpenInvitation, UserDetail } from '#control';
import {
  ask,
  linkToken,
  newPerson,
  newToken,
  newWorkspace,
  PASSWORD,
  refusalOf,
  signIn,
  within,
} from './api-people.ts';
import type { Person } from './api-people.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { openSse } from './sse-reader.ts';

const NOBODY = '01920000-0000-7000-8000-000000000000';

let api: ApiUnderTest;
let workspaceId: string;
let owner: Person;

beforeAll(async () => {
  api = await startApi();
  workspaceId = await newWorkspace(api);
  owner = await newPerson(api, workspaceId, 'owner');
});
afterAll(() => api.close());

const call = (person: Person, method: string, path: string, body?: unknown) =>
  api.call(method, `/api/v1${path}`, { headers: person.headers, body });
const invite = (email: string, role = 'viewer') =>
  ask<NewInvitation>(api, owner.headers, 'POST', '/invitations', { email, role });
const accept = (token: string, password = PASSWORD, name?: string) =>
  api.call('POST', '/api/v1/invitations/accept', {
    body: { token, password, ...(name !== undefined && { name }) },
  });

describe('invitations', () => {
  it('make an account and a member, once', async () => {
    const { link, ...made } = await invite('Ada@Example.org', 'operator');
    expect(made).toMatchObject({ email: 'ada@example.org', role: 'operator' });
    expect(link).toMatch(/^\/invite\?token=fct_[\w-]{43}$/);
    const token = linkToken(link);
    const open = await ask<OpenInvitation>(api, {}, 'POST', '/invitations/read', { token });
    expect(open).toMatchObject({
      email: 'ada@example.org',
      role: 'operator',
      workspaceName: 'Team',
      hasAccount: false,
    });
    const accepted = await accept(token, PASSWORD, 'Ada');
    expect(accepted.status).toBe(201);
    expect(await accepted.json()).toMatchObject({
      kind: 'user',
      user: { email: 'ada@example.org', name: 'Ada', isInstanceAdmin: false },
      workspaces: [
        {
          id: workspaceId,
          name: 'Team',
          role: 'operator',
          permissions: [...ROLE_PERMISSIONS.operator],
        },
      ],
    });
    expect(await refusalOf(await accept(token))).toEqual([403, 'INVITATION_INVALID']);
    const { items } = await ask<Page<Member>>(api, owner.headers, 'GET', '/members');
    expect(items.map(({ email, role }) => [email, role])).toEqual([
      ['ada@example.org', 'operator'],
      [owner.email, 'owner'],
    ]);
  });

  it('ask whoever has an account for its password, and for no other', async () => {
    const other = await newPerson(api, await newWorkspace(api, 'Other'), 'owner');
    const { link } = await invite(other.email);
    const token = linkToken(link);
    expect(await ask(api, {}, 'POST', '/invitations/read', { token })).toMatchObject({
      hasAccount: true,
    });
    const wrong = await accept(token, 'another short sentence');
    expect(await refusalOf(wrong)).toEqual([401, 'SIGN_IN_REFUSED']);
    const right = await accept(token);
    const { workspaces } = (await right.json()) as { workspaces: { name: string }[] };
    expect(workspaces.map(({ name }) => name)).toEqual(['Other', 'Team']);
    expect(
      await refusalOf(
        await call(owner, 'POST', '/invitations', { email: other.email, role: 'viewer' }),
      ),
    ).toEqual([409, 'MEMBER_EXISTS']);
  });

  it.each(['tooshort123', 'x'.repeat(257)])('refuse the new password %s', async (password) => {
    const { link } = await invite('weak@example.org');
    const answer = await accept(linkToken(link), password);
    expect(await refusalOf(answer)).toEqual([400, 'VALIDATION_FAILED']);
  });

  it('are listed while they stand, replaced by a later one, and revoked', async () => {
    const first = await invite('later@example.org');
    const second = await invite('later@example.org', 'owner');
    expect(await refusalOf(await accept(linkToken(first.link)))).toEqual([
      403,
      'INVITATION_INVALID',
    ]);
    const list = async () =>
      (await ask<Page<Invitation>>(api, owner.headers, 'GET', '/invitations')).items;
    expect((await list()).filter(({ email }) => email === 'later@example.org')).toMatchObject([
      { id: second.id, role: 'owner' },
    ]);
    expect(JSON.stringify(await list())).not.toContain('fct_');
    expect((await call(owner, 'DELETE', `/invitations/${second.id}`)).status).toBe(204);
    expect((await list()).map(({ id }) => id)).not.toContain(second.id);
    expect(await refusalOf(await call(owner, 'DELETE', `/invitations/${second.id}`))).toEqual([
      404,
      'INVITATION_NOT_FOUND',
    ]);
    expect(await refusalOf(await accept(linkToken(second.link)))).toEqual([
      403,
      'INVITATION_INVALID',
    ]);
  });

  it('are over after seven days', async () => {
    const { id, link, createdAt, expiresAt } = await invite('late@example.org');
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBeCloseTo(604_800_000, -4);
    await api.database.query(
      `UPDATE invitations SET expires_at = now() - interval '1 second' WHERE id = $1`,
      [id],
    );
    expect(await refusalOf(await accept(linkToken(link)))).toEqual([403, 'INVITATION_INVALID']);
  });

  it('give nobody more than the inviter has', async () => {
    const helper = await newToken(api, owner.headers, ['members:manage']);
    const answer = await api.call('POST', '/api/v1/invitations', {
      headers: helper.headers,
      body: { email: 'me@example.org', role: 'owner' },
    });
    expect(await refusalOf(answer)).toEqual([403, 'NOT_ALLOWED']);
  });

  it('are guessed at a few times only', async () => {
    const own = await startApi();
    const guess = (host: number) =>
      own.call('POST', '/api/v1/invitations/read', {
        body: { token: 'fct_guess' },
        // One network of IPv6, that is one household.
        headers: { 'x-forwarded-for': `2001:db8:0:1::${host}` },
      });
    for (let attempt = 0; attempt < 20; attempt += 1) {
      expect((await guess(attempt)).status).toBe(403);
    }
    const refused = await guess(20);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refusalOf(refused)).toEqual([429, 'TOO_MANY_ATTEMPTS']);
    await own.close();
  });
});

describe('members', () => {
  it('change role, at once and for what is open', async () => {
    const person = await newPerson(api, workspaceId, 'operator');
    const { id } = await ask<{ id: string }>(api, owner.headers, 'POST', '/streams', {
      name: 'Show',
    });
    const end = () => call(person, 'POST', `/streams/${id}/end`);
    expect(await refusalOf(await end())).toEqual([409, 'STREAM_NOT_LIVE']);
    const changed = await call(owner, 'PATCH', `/members/${person.id}`, { role: 'viewer' });
    expect(await changed.json()).toMatchObject({ id: person.id, role: 'viewer' });
    expect(await refusalOf(await end())).toEqual([403, 'NOT_ALLOWED']);
    expect((await call(person, 'GET', `/streams/${id}`)).status).toBe(200);
  });

  it('who are removed see nothing more, and what they had open or made ends', async () => {
    const person = await newPerson(api, workspaceId, 'owner');
    const { headers: token } = await newToken(api, person.headers, ['streams:read']);
    const reader = await openSse(`${api.url}/api/v1/events`, person.headers);
    expect(reader.status).toBe(200);
    expect((await api.call('GET', '/api/v1/streams', { headers: token })).status).toBe(200);
    expect((await call(owner, 'DELETE', `/members/${person.id}`)).status).toBe(204);
    await expect.poll(() => reader.ended).toBe(true);
    expect(await refusalOf(await call(person, 'GET', '/streams'))).toEqual([
      404,
      'WORKSPACE_NOT_FOUND',
    ]);
    const late = await api.call('GET', '/api/v1/streams', { headers: token });
    expect(await refusalOf(late)).toEqual([401, 'TOKEN_UNKNOWN']);
    const { cookie = '' } = person.headers;
    const nowhere = await api.call('GET', '/api/v1/streams', { headers: { cookie } });
    expect(await refusalOf(nowhere)).toEqual([403, 'NOT_ALLOWED']);
  });

  it('always leave an owner, also when two leave at once', async () => {
    const own = await newWorkspace(api, 'Two');
    const [one, other] = [await newPerson(api, own, 'owner'), await newPerson(api, own, 'owner')];
    const answers = await Promise.all([
      call(one, 'DELETE', `/members/${one.id}`),
      call(other, 'DELETE', `/members/${other.id}`),
    ]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted((one, next) => one - next)).toEqual([204, 409]);
    const last = answers[0]?.status === 409 ? one : other;
    const lowered = await call(last, 'PATCH', `/members/${last.id}`, { role: 'viewer' });
    expect(await refusalOf(lowered)).toEqual([409, 'LAST_OWNER']);
  });

  it.each(['PATCH', 'DELETE'])('who are none are not found by %s', async (method) => {
    const body = method === 'PATCH' ? { role: 'viewer' } : undefined;
    for (const id of [NOBODY, 'none']) {
      expect(await refusalOf(await call(owner, method, `/members/${id}`, body))).toEqual([
        404,
        'MEMBER_NOT_FOUND',
      ]);
    }
  });
});

describe('a request', () => {
  it('is about the first workspace of its caller, or the one that it names', async () => {
    const other = await newWorkspace(api, 'Second');
    const inviter = { ...asBootstrap, ...within(other) };
    const { link } = await ask<NewInvitation>(api, inviter, 'POST', '/invitations', {
      email: owner.email,
      role: 'viewer',
    });
    await accept(linkToken(link));
    const { cookie = '' } = owner.headers;
    const nameOf = async (headers: Record<string, string>) =>
      (await ask<{ name: string }>(api, headers, 'GET', '/workspace')).name;
    expect(await nameOf({ cookie })).toBe('Team');
    expect(await nameOf({ cookie, ...within(other) })).toBe('Second');
    expect(await nameOf({ ...asBootstrap, ...within(other) })).toBe('Second');
    expect(await nameOf(asBootstrap)).toBe('Default');
    for (const id of [NOBODY, 'none', "' OR 1=1"]) {
      for (const who of [{ cookie }, asBootstrap]) {
        const headers = { ...who, ...within(id) };
        const answer = await api.call('GET', '/api/v1/streams', { headers });
        expect(await refusalOf(answer)).toEqual([404, 'WORKSPACE_NOT_FOUND']);
      }
    }
  });
});

describe('users', () => {
  it('are made, listed and disabled by those above the instance', async () => {
    const made = await ask<UserDetail>(api, asBootstrap, 'POST', '/users', {
      email: 'boss@example.org',
      password: PASSWORD,
      isInstanceAdmin: true,
    });
    expect(made).toMatchObject({ isInstanceAdmin: true, isDisabled: false, workspaces: [] });
    const headers = await signIn(api, 'boss@example.org');
    const { items } = await ask<Page<UserDetail>>(api, headers, 'GET', '/users?limit=200');
    expect(JSON.stringify(items)).not.toContain('argon2');
    const person = await newPerson(api, workspaceId, 'viewer');
    const reader = await openSse(`${api.url}/api/v1/events`, person.headers);
    await ask(api, headers, 'PATCH', `/users/${person.id}`, { isDisabled: true });
    await expect.poll(() => reader.ended).toBe(true);
    expect(await refusalOf(await call(person, 'GET', '/session'))).toEqual([
      401,
      'SIGN_IN_REQUIRED',
    ]);
    const again = await api.call('POST', '/api/v1/session', {
      body: { email: person.email, password: PASSWORD },
    });
    expect(await refusalOf(again)).toEqual([401, 'SIGN_IN_REFUSED']);
    await ask(api, headers, 'PATCH', `/users/${person.id}`, { isDisabled: false });
    await signIn(api, person.email);
  });

  it('are seen by nobody else, and one above the instance is always left', async () => {
    expect(await refusalOf(await call(owner, 'GET', '/users'))).toEqual([403, 'NOT_ALLOWED']);
    const [admin] = await api.database.query('SELECT id FROM users WHERE instance_admin');
    for (const body of [{ isDisabled: true }, { isInstanceAdmin: false }]) {
      const answer = await api.call('PATCH', `/api/v1/users/${String(admin?.['id'])}`, {
        headers: asBootstrap,
        body,
      });
      expect(await refusalOf(answer)).toEqual([409, 'LAST_OWNER']);
    }
    expect(
      await refusalOf(await api.call('GET', `/api/v1/users/${NOBODY}`, { headers: asBootstrap })),
    ).toEqual([404, 'USER_NOT_FOUND']);
  });
});
