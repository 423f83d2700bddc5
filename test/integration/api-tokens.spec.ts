import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '#contracts';
import { ROLE_PERMISSIONS, TOKEN_DAYS_MAX } from '#control';
import type { ApiToken, NewApiToken } from '#control';
import { hashToken } from '#vault';
import { Secret } from '#kernel';
import { ask, newPerson, newToken, newWorkspace, refusalOf } from './api-people.ts';
import type { Headers, Person } from './api-people.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { openSse } from './sse-reader.ts';

const DAY_MS = 86_400_000;

let api: ApiUnderTest;
let workspaceId: string;
let owner: Person;

beforeAll(async () => {
  api = await startApi();
  workspaceId = await newWorkspace(api);
  owner = await newPerson(api, workspaceId, 'owner');
});
afterAll(() => api.close());

const make = (body: object, headers: Headers = owner.headers) =>
  api.call('POST', '/api/v1/tokens', { headers, body });
const streams = (headers: Headers) => api.call('GET', '/api/v1/streams', { headers });
const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

describe('a token', () => {
  it('is shown once, stored as a hash, and listed without it', async () => {
    const answer = await make({ name: ' Deck ', scopes: ['streams:read', 'streams:read'] });
    expect(answer.status).toBe(201);
    const { token, ...made } = (await answer.json()) as NewApiToken;
    expect(token).toMatch(/^fct_[\w-]{43}$/);
    expect(made).toMatchObject({
      name: 'Deck',
      hint: token.slice(-4),
      scopes: ['streams:read'],
      createdBy: owner.id,
      expiresAt: null,
      lastUsedAt: null,
    });
    const { items } = await ask<Page<ApiToken>>(api, owner.headers, 'GET', '/tokens');
    expect(items[0]).toEqual(made);
    const [row] = await api.database.query('SELECT * FROM api_tokens WHERE id = $1', [made.id]);
    expect(row?.['token_hash']).toBe(hashToken(new Secret(token)));
    expect(JSON.stringify([row, api.log])).not.toContain(token);
  });

  it('knows its workspace, and no other can be asked for with it', async () => {
    const { id } = await ask<{ id: string }>(api, owner.headers, 'POST', '/streams', {
      name: 'Ours',
    });
    const { headers } = await newToken(api, owner.headers, ['streams:read']);
    const listed = (await (await streams(headers)).json()) as Page<{ id: string }>;
    expect(listed.items.map((item) => item.id)).toEqual([id]);
    const other = await newWorkspace(api, 'Other');
    expect(await refusalOf(await streams({ ...headers, 'forkcast-workspace': other }))).toEqual([
      404,
      'WORKSPACE_NOT_FOUND',
    ]);
    expect((await streams({ ...headers, 'forkcast-workspace': workspaceId })).status).toBe(200);
    expect(await ask(api, headers, 'GET', '/session')).toEqual({
      kind: 'token',
      user: null,
      workspaces: [],
    });
  });

  it('cannot have a scope that its maker lacks', async () => {
    const refused = await make({ name: 'x', scopes: ['instance:manage'] });
    expect(await refusalOf(refused)).toEqual([403, 'NOT_ALLOWED']);
    const { headers } = await newToken(api, owner.headers, ['tokens:manage', 'streams:read']);
    expect((await make({ name: 'x', scopes: ['streams:read'] }, headers)).status).toBe(201);
    const more = await make({ name: 'x', scopes: ['streams:read', 'streams:write'] }, headers);
    expect(await refusalOf(more)).toEqual([403, 'NOT_ALLOWED']);
    const everything = [...ROLE_PERMISSIONS.owner, 'instance:manage'];
    expect((await make({ name: 'all', scopes: everything }, asBootstrap)).status).toBe(201);
  });

  it.each([
    [{ expiresInDays: TOKEN_DAYS_MAX }, 201],
    [{ expiresInDays: TOKEN_DAYS_MAX + 1 }, 400],
    [{ expiresInDays: 0 }, 400],
    [{ expiresInDays: null }, 201],
    [{ scopes: [] }, 400],
    [{ scopes: ['everything'] }, 400],
    [{ name: '  ' }, 400],
  ])('with %j is answered %i', async (changes, status) => {
    const answer = await make({ name: 'Deck', scopes: ['streams:read'], ...changes });
    expect(answer.status).toBe(status);
    if (status !== 201) return;
    const { expiresAt } = (await answer.json()) as NewApiToken;
    const { expiresInDays } = changes as { expiresInDays: number | null };
    if (expiresInDays === null) expect(expiresAt).toBeNull();
    else expect(Date.parse(expiresAt ?? '')).toBeCloseTo(Date.now() + expiresInDays * DAY_MS, -5);
  });

  it('says when it is over, and is nothing when it is revoked, at once', async () => {
    const answer = await make({ name: 'Deck', scopes: ['streams:read'], expiresInDays: 1 });
    const { id, token } = (await answer.json()) as NewApiToken;
    expect((await streams(bearer(token))).status).toBe(200);
    await api.database.query('UPDATE api_tokens SET expires_at = now() WHERE id = $1', [id]);
    expect(await refusalOf(await streams(bearer(token)))).toEqual([401, 'TOKEN_EXPIRED']);
    const other = await newToken(api, owner.headers, ['streams:read']);
    const reader = await openSse(`${api.url}/api/v1/events`, other.headers);
    expect(reader.status).toBe(200);
    await ask(api, owner.headers, 'DELETE', `/tokens/${other.id}`);
    expect(await refusalOf(await streams(other.headers))).toEqual([401, 'TOKEN_UNKNOWN']);
    await expect.poll(() => reader.ended).toBe(true);
    const again = await api.call('DELETE', `/api/v1/tokens/${other.id}`, {
      headers: owner.headers,
    });
    expect(await refusalOf(again)).toEqual([404, 'TOKEN_NOT_FOUND']);
  });

  it('remembers when it was used, to about five minutes', async () => {
    const { id, headers } = await newToken(api, owner.headers, ['streams:read']);
    const usedAt = async () => {
      const [row] = await api.database.query('SELECT last_used_at FROM api_tokens WHERE id = $1', [
        id,
      ]);
      return row?.['last_used_at'] as Date;
    };
    await streams(headers);
    const first = await usedAt();
    await streams(headers);
    expect(await usedAt()).toEqual(first);
    await api.database.query(
      `UPDATE api_tokens SET last_used_at = last_used_at - interval '6 minutes' WHERE id = $1`,
      [id],
    );
    await streams(headers);
    expect((await usedAt()).getTime()).toBeGreaterThanOrEqual(first.getTime());
  });

  it('of somebody who is disabled opens nothing', async () => {
    const person = await newPerson(api, workspaceId, 'owner');
    const { headers } = await newToken(api, person.headers, ['streams:read']);
    await ask(api, asBootstrap, 'PATCH', `/users/${person.id}`, { isDisabled: true });
    expect(await refusalOf(await streams(headers))).toEqual([401, 'TOKEN_UNKNOWN']);
  });

  it('counts together with its maker’s sessions where event streams are counted', async () => {
    const person = await newPerson(api, workspaceId, 'owner');
    const { headers } = await newToken(api, person.headers, ['streams:read']);
    const readers = [];
    for (let number = 0; number < 5; number += 1) {
      const by = number % 2 === 0 ? headers : person.headers;
      readers.push(await openSse(`${api.url}/api/v1/events`, by));
    }
    const sixth = await api.call('GET', '/api/v1/events', { headers });
    expect(await refusalOf(sixth)).toEqual([429, 'TOO_MANY_EVENT_STREAMS']);
    for (const reader of readers) reader.close();
  });

  it('of the workspace that was deleted opens nothing', async () => {
    const gone = await newWorkspace(api, 'Gone');
    const person = await newPerson(api, gone, 'owner');
    const { headers } = await newToken(api, person.headers, ['streams:read']);
    await ask(api, person.headers, 'POST', '/streams', { name: 'Show' });
    await ask(api, asBootstrap, 'DELETE', `/workspaces/${gone}`);
    expect(await refusalOf(await streams(headers))).toEqual([401, 'TOKEN_UNKNOWN']);
    expect(await refusalOf(await streams(person.headers))).toEqual([404, 'WORKSPACE_NOT_FOUND']);
    const keys = await api.database.query(
      'SELECT id FROM ingest_keys WHERE workspace_id = $1 AND revoked_at IS NULL',
      [gone],
    );
    expect(keys).toEqual([]);
  });
});
