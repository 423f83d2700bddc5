import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const SIGN_IN = { email: 'nobody@example.org', password: 'x' };
const postFrom = (headers: Record<string, string>) =>
  api.call('POST', '/api/v1/session', { body: SIGN_IN, headers });

test.each([
  ['a page of ours', { 'sec-fetch-site': 'same-origin' }],
  ['the address bar', { 'sec-fetch-site': 'none' }],
  ['a program', {}],
])('an unsafe request from %s is looked at', async (_from, headers) => {
  expect((await postFrom(headers)).status).toBe(401);
});

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['a neighbour of the same site', { 'sec-fetch-site': 'same-site' }],
  ['an older browser on another site', { origin: 'https://evil.example' }],
  ['a sandboxed page', { origin: 'null' }],
])('an unsafe request from %s is refused', async (_from, headers) => {
  const answer = await postFrom(headers);
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ code: 'CROSS_SITE_REQUEST' });
});

test('an older browser on a page of ours is told by its Origin', async () => {
  expect((await postFrom({ origin: api.url })).status).toBe(401);
});

test('a bearer token, which no browser sends by itself, needs no proof of origin', async () => {
  const headers = { ...asBootstrap, 'sec-fetch-site': 'cross-site' };
  const answer = await api.call('DELETE', '/api/v1/session', { headers });
  expect(answer.status).toBe(204);
});

test('safe requests may come from anywhere: they change nothing', async () => {
  const headers = { ...asBootstrap, 'sec-fetch-site': 'cross-site' };
  expect((await api.call('GET', '/api/v1/session', { headers })).status).toBe(200);
});

test.each([
  ['not JSON', '{', 'application/json', 400, 'BODY_NOT_JSON'],
  ['a form', 'email=a', 'application/x-www-form-urlencoded', 415, 'BODY_NOT_JSON'],
  ['text', '{}', 'text/plain', 415, 'BODY_NOT_JSON'],
  [
    'one byte too large',
    JSON.stringify('x'.repeat(262_143)),
    'application/json',
    413,
    'BODY_TOO_LARGE',
  ],
  [
    'as deep as may be',
    `${'['.repeat(32)}"[\\"[["${']'.repeat(32)}`,
    'application/json',
    400,
    'VALIDATION_FAILED',
  ],
  ['a text with NUL', '{"email":"a\\u0000b"}', 'application/json', 400, 'TEXT_HAS_NUL'],
  ['a text with a backslash before u0000', '"\\\\u0000"', 'application/json', 400, 'BODY_NOT_JSON'],
  ['in UTF-16', '{}', 'application/json; charset=utf-16', 415, 'BODY_CHARSET_UNKNOWN'],
  [
    'one level deeper',
    `${'['.repeat(33)}${']'.repeat(33)}`,
    'application/json',
    400,
    'BODY_TOO_DEEP',
  ],
  [
    'as large as may be',
    JSON.stringify(['x'.repeat(262_140)]),
    'application/json',
    400,
    'VALIDATION_FAILED',
  ],
])('a body that is %s', async (_what, body, type, status, code) => {
  const answer = await api.call('POST', '/api/v1/session', {
    body,
    headers: { 'content-type': type },
  });
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await answer.json()).toMatchObject({ status, code, type: `urn:forkcast:problem:${code}` });
  expect(answer.status).toBe(status);
});

test('every field at fault is named', async () => {
  const body = { email: 'x', pasword: 1 };
  const answer = await api.call('POST', '/api/v1/session', { body });
  const problem = (await answer.json()) as { errors: { field: string }[] };
  expect(answer.status).toBe(400);
  expect(problem.errors.map(({ field }) => field)).toEqual(
    expect.arrayContaining(['email', 'password']),
  );
});

test('what is not there is a problem too, with an id that the log knows', async () => {
  const answer = await api.call('GET', '/api/v1/nothing', { headers: asBootstrap });
  const problem = (await answer.json()) as { instance: string };
  expect(problem).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  expect(problem.instance).toBe(`urn:uuid:${answer.headers.get('x-request-id')}`);
  expect(api.log.join('')).toContain(answer.headers.get('x-request-id'));
});

test('the log never shows a query', async () => {
  await api.call('GET', '/healthz?token=c4n4ry');
  expect(api.log.join('')).toContain('/healthz');
  expect(api.log.join('')).not.toContain('c4n4ry');
});

test('answers carry a strict policy that still works over plain HTTP', async () => {
  const { headers } = await api.call('GET', '/healthz');
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|upgrade-insecure-requests/);
  expect(headers.get('strict-transport-security')).toBeNull();
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-powered-by')).toBeNull();
});

test("the answers of the API are in nobody's cache", async () => {
  const { headers } = await api.call('GET', '/api/v1/session', { headers: asBootstrap });
  expect(headers.get('cache-control')).toBe('no-store');
});

test('who sends a request in drips is cut off by an absolute deadline', async () => {
  const { port } = new URL(api.url);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET /healthz HTTP/1.1\r\n');
  const drip = setInterval(() => socket.write('a: b\r\n'), 300);
  const said = await new Promise<string>((resolve) => {
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
  });
  clearInterval(drip);
  expect(said).toContain('408');
});

test.each([
  ['a field that is missing', { email: 'a@b.example' }, 'The field password is missing.'],
  [
    'a field too many',
    { email: 'a@b.example', password: 'x', x: 1 },
    'The field x is not known here.',
  ],
  [
    'a form that is none',
    { email: 'x', password: 'x' },
    'The field email must be an e-mail address.',
  ],
  ['no object', [], 'The body must be an object.'],
])('%s is told in plain words', async (_what, body, detail) => {
  const answer = await api.call('POST', '/api/v1/session', { body });
  expect(await answer.json()).toMatchObject({ code: 'VALIDATION_FAILED', detail });
});

test.each(['/api/v1/streams/%00', '/api/v1/streams?cursor=%00'])('%s is refused', async (path) => {
  const answer = await api.call('GET', path, { headers: asBootstrap });
  expect(await answer.json()).toMatchObject({ status: 400, code: 'TEXT_HAS_NUL' });
});
