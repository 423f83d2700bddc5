import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FirstAdministrator } from '../../apps/api/src/auth/first-administrator.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

const EMAIL = 'owner@example.org';
const PASSWORD = 'a short sentence is good';

let api: ApiUnderTest;

/** `name=value` of the session cookie that an answer sets. */
function cookieOf(answer: Response): string {
  return answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}

async function problemOf(answer: Response): Promise<unknown> {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  return answer.json();
}

const signIn = (body: unknown, headers: Record<string, string> = {}) =>
  api.call('POST', '/api/v1/session', { body, headers });

describe('set-up', () => {
  beforeAll(async () => {
    api = await startApi();
  });
  afterAll(() => api.close());

  test('the link makes the first administrator once, and signs in', async () => {
    const firstAdministrator = api.app.get(FirstAdministrator);
    const lapsed = new URL((await firstAdministrator.prepare()) ?? '', api.url);
    const link = new URL((await firstAdministrator.prepare()) ?? '', api.url);
    expect(link.pathname).toBe('/setup');
    const state = await api.call('GET', '/api/v1/setup');
    expect(await state.json()).toEqual({ pending: true });
    const finish = (from: URL, password = PASSWORD) =>
      api.call('POST', '/api/v1/setup', {
        body: { token: from.searchParams.get('token'), email: EMAIL.toUpperCase(), password },
      });

    const early = await finish(lapsed);
    expect([early.status, await problemOf(early)]).toMatchObject([
      403,
      { code: 'SET_UP_LINK_INVALID' },
    ]);
    const weak = await finish(link, 'elevenchars');
    expect([weak.status, await problemOf(weak)]).toMatchObject([
      400,
      { code: 'VALIDATION_FAILED', errors: [{ field: 'password' }] },
    ]);
    const first = await finish(link);
    expect(first.status).toBe(201);
    expect(await first.json()).toMatchObject({ kind: 'user', user: { email: EMAIL } });
    const session = await api.call('GET', '/api/v1/session', {
      headers: { cookie: cookieOf(first) },
    });
    expect(session.status).toBe(200);

    const again = await finish(link);
    expect([again.status, await problemOf(again)]).toMatchObject([409, { code: 'SET_UP_DONE' }]);
    expect(await (await api.call('GET', '/api/v1/setup')).json()).toEqual({ pending: false });
    expect(await firstAdministrator.prepare()).toBeUndefined();
  });

  test('neither password, token nor cookie stand in the log or in the database', async () => {
    const [session] = await api.database.query('SELECT * FROM sessions');
    const [user] = await api.database.query('SELECT * FROM users');
    const [link] = await api.database.query('SELECT * FROM set_up_tokens');
    const kept = JSON.stringify([session, user, link, api.log]);
    expect(kept).toContain(EMAIL);
    expect(kept).not.toContain(PASSWORD);
    expect(kept).not.toContain('fct_');
  });
});

describe('sign-in', () => {
  beforeAll(async () => {
    api = await startApi({ FORKCAST_ADMIN_EMAIL: EMAIL, FORKCAST_ADMIN_PASSWORD: PASSWORD });
    await api.app.get(FirstAdministrator).prepare();
  });
  afterAll(() => api.close());

  test('the administrator of the environment signs in, is known, and signs out', async () => {
    const answer = await signIn({ email: ` ${EMAIL} `.trim().toUpperCase(), password: PASSWORD });
    expect(answer.status).toBe(200);
    const body: unknown = await answer.json();
    expect(body).toMatchObject({ kind: 'user', user: { email: EMAIL, isInstanceAdmin: true } });
    expect(JSON.stringify(body)).not.toContain('argon2');
    const cookie = cookieOf(answer);
    const known = await api.call('GET', '/api/v1/session', { headers: { cookie } });
    expect(await known.json()).toEqual(body);
    const ended = await api.call('DELETE', '/api/v1/session', { headers: { cookie } });
    expect(ended.status).toBe(204);
    const gone = await api.call('GET', '/api/v1/session', { headers: { cookie } });
    expect([gone.status, await problemOf(gone)]).toMatchObject([401, { code: 'SIGN_IN_REQUIRED' }]);
  });

  test('the cookie is out of reach of scripts and other sites', async () => {
    const answer = await signIn({ email: EMAIL, password: PASSWORD });
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^forkcast=fct_[\w-]{43};/);
    expect(cookie).toMatch(/; Path=\/;.*HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toMatch(/Secure|Domain/);
  });

  test('over TLS the cookie has its bound name, and the plain one is worth nothing', async () => {
    const overTls = { 'x-forwarded-proto': 'https' };
    const answer = await signIn({ email: EMAIL, password: PASSWORD }, overTls);
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-forkcast=.*Path=\/.*Secure/);
    const cookie = cookieOf(answer);
    const ask = (headers: Record<string, string>) =>
      api.call('GET', '/api/v1/session', { headers });
    expect((await ask({ ...overTls, cookie })).status).toBe(200);
    const plain = cookie.replace('__Host-', '');
    expect((await ask({ ...overTls, cookie: plain })).status).toBe(401);
    expect((await ask({ cookie })).status).toBe(401);
  });

  test('an idle session and an old session are over', async () => {
    for (const column of ['last_seen_at', 'expires_at']) {
      const cookie = cookieOf(await signIn({ email: EMAIL, password: PASSWORD }));
      const ask = () => api.call('GET', '/api/v1/session', { headers: { cookie } });
      expect((await ask()).status).toBe(200);
      const past =
        column === 'expires_at' ? "now() - interval '1 second'" : "now() - interval '3 days'";
      await api.database.query(`UPDATE sessions SET ${column} = ${past}`);
      expect((await ask()).status).toBe(401);
    }
  });

  test('use of a session is written down, but not at every request', async () => {
    const cookie = cookieOf(await signIn({ email: EMAIL, password: PASSWORD }));
    await api.database.query("UPDATE sessions SET last_seen_at = now() - interval '10 minutes'");
    await api.call('GET', '/api/v1/session', { headers: { cookie } });
    const [first] = await api.database.query('SELECT max(last_seen_at) AS at FROM sessions');
    expect(Date.now() - Number(first?.['at'])).toBeLessThan(60_000);
    await api.call('GET', '/api/v1/session', { headers: { cookie } });
    expect(await api.database.query('SELECT max(last_seen_at) AS at FROM sessions')).toEqual([
      first,
    ]);
  });

  test('the token of the environment opens every door, and no other token does', async () => {
    const session = await api.call('GET', '/api/v1/session', { headers: asBootstrap });
    expect(await session.json()).toEqual({ kind: 'bootstrap-token', user: null, workspaces: [] });
    for (const authorization of [
      `${asBootstrap.authorization}x`,
      'Bearer x',
      'Bearer ',
      `Basic ${btoa('a:b')}`,
    ]) {
      const refused = await api.call('GET', '/api/v1/session', { headers: { authorization } });
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer');
      expect(await problemOf(refused)).toMatchObject({ code: 'TOKEN_UNKNOWN' });
    }
  });

  test.each([
    ['GET', '/api/v1/session'],
    ['DELETE', '/api/v1/session'],
    ['GET', '/api/v1/events'],
    ['GET', '/api/v1/streams'],
    ['POST', '/api/v1/streams'],
    ['GET', '/api/docs'],
    ['GET', '/api/openapi.json'],
  ])('without sign-in %s %s is refused', async (method, path) => {
    const answer = await api.call(method, path);
    expect(answer.status).toBe(401);
    expect(await problemOf(answer)).toMatchObject({ status: 401, code: 'SIGN_IN_REQUIRED' });
  });

  test('with sign-in the API shows its document', async () => {
    const docs = await api.call('GET', '/api/docs', { headers: asBootstrap });
    expect([docs.status, docs.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8',
    ]);
    const document = await api.call('GET', '/api/openapi.json', { headers: asBootstrap });
    expect(await document.json()).toMatchObject({
      openapi: '3.1.0',
      paths: {
        '/api/v1/session': { post: { requestBody: expect.anything() } },
        '/api/v1/streams': {},
      },
    });
  });
});

describe('guessing', () => {
  beforeAll(async () => {
    api = await startApi({ FORKCAST_ADMIN_EMAIL: EMAIL, FORKCAST_ADMIN_PASSWORD: PASSWORD });
    await api.app.get(FirstAdministrator).prepare();
  });
  afterAll(() => api.close());

  test('a wrong password and a wrong account are told apart by nobody', async () => {
    const wrongPassword = await signIn({ email: EMAIL, password: 'x' });
    const wrongAccount = await signIn({ email: 'nobody@example.org', password: 'x' });
    const [one, other] = [await problemOf(wrongPassword), await problemOf(wrongAccount)];
    expect(one).toMatchObject({ status: 401, code: 'SIGN_IN_REFUSED' });
    expect({ ...(one as object), instance: '' }).toEqual({ ...(other as object), instance: '' });
    expect(wrongPassword.headers.getSetCookie()).toEqual([]);
  });

  test('the sixth guess at an account from one address waits, even if it is right', async () => {
    const body = { email: 'five@example.org', password: 'x' };
    for (let guess = 1; guess <= 5; guess += 1) expect((await signIn(body)).status).toBe(401);
    const sixth = await signIn(body);
    expect(sixth.status).toBe(429);
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await problemOf(sixth)).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    expect((await signIn({ email: EMAIL, password: PASSWORD })).status).toBe(200);
  });

  test('one address may not try a list of accounts', async () => {
    const from = { 'x-forwarded-for': '203.0.113.9' };
    const statuses: number[] = [];
    for (let account = 0; account <= 30; account += 1) {
      const body = { email: `user${account}@example.org`, password: 'x' };
      statuses.push((await signIn(body, from)).status);
    }
    expect(statuses.indexOf(429)).toBe(30);
    const elsewhere = { 'x-forwarded-for': '203.0.113.10' };
    expect((await signIn({ email: EMAIL, password: PASSWORD }, elsewhere)).status).toBe(200);
  });

  test('nor may one network of IPv6, whatever its address within it', async () => {
    const pair = { email: 'six@example.org', password: 'x' };
    const from = (host: number, network = '2001:db8:0:1') => ({
      'x-forwarded-for': `${network}::${host.toString(16)}`,
    });
    const guesses: number[] = [];
    for (let host = 1; host <= 6; host += 1) guesses.push((await signIn(pair, from(host))).status);
    expect(guesses.indexOf(429)).toBe(5);
    for (let host = 7; host <= 30; host += 1) {
      const body = { email: `user${host}@example.org`, password: 'x' };
      expect((await signIn(body, from(host))).status).toBe(401);
    }
    const right = { email: EMAIL, password: PASSWORD };
    expect((await signIn(right, from(31))).status).toBe(429);
    expect((await signIn(right, from(1, '2001:db8:0:2'))).status).toBe(200);
  });
});
