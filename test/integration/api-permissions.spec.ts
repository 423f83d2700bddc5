import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PERMISSIONS, ROLE_PERMISSIONS, ROLES } from '#control';
import type { Permission } from '#control';
import { filled, isEventStream, operationsOf } from './api-operations.ts';
import type { Operation } from './api-operations.ts';
import { newPerson, newToken, newWorkspace, refusalOf } from './api-people.ts';
import type { Headers } from './api-people.ts';
import { startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

const NOTHING = '01920000-0000-7000-8000-000000000000';
const READ_ONLY: ReadonlySet<Permission> = new Set(['streams:read', 'history:read', 'audit:read']);
/** What is answered before the caller's wish is read. */
const NOT_LOOKED_AT: ReadonlySet<number> = new Set([401, 403]);

let api: ApiUnderTest;
let operations: Operation[];
let workspaceId: string;

beforeAll(async () => {
  api = await startApi();
  operations = await operationsOf(api);
  workspaceId = await newWorkspace(api);
});
afterAll(() => api.close());

/** About nothing that there is, and with a body that is not in order: nothing comes of it. */
async function ask({ method, path }: Operation, headers: Headers): Promise<Response> {
  const body = method === 'GET' || method === 'DELETE' ? undefined : ['not in order'];
  return api.call(method, `/api/v1${filled(path, () => NOTHING)}`, { headers, body });
}

/** Names of the operations whose answer is not what the permissions say. */
async function surprises(headers: Headers, may: ReadonlySet<string>): Promise<string[]> {
  const found: string[] = [];
  for (const operation of operations) {
    const { isPublic, permission, name } = operation;
    if (isPublic || permission === undefined || isEventStream(operation)) continue;
    const answer = await ask(operation, headers);
    const isRefused = NOT_LOOKED_AT.has(answer.status);
    if (isRefused === may.has(permission)) found.push(`${name}: ${answer.status}`);
    if (isRefused && !may.has(permission)) {
      const { detail } = (await answer.json()) as { detail: string };
      if (!detail.includes(permission)) found.push(`${name} does not say what is missing`);
    }
  }
  return found;
}

describe('every route', () => {
  it('says what it requires, and none that changes something is for readers', () => {
    expect(operations.length).toBeGreaterThan(30);
    const careless = operations.filter(
      ({ method, permission }) =>
        method !== 'GET' && permission !== undefined && READ_ONLY.has(permission),
    );
    expect(careless.map(({ name }) => name)).toEqual([]);
  });

  it('but the public ones asks who is there', async () => {
    const open: string[] = [];
    for (const operation of operations.filter(({ isPublic }) => !isPublic)) {
      const answer = await ask(operation, {});
      if (answer.status !== 401) open.push(`${operation.name}: ${answer.status}`);
    }
    expect(open).toEqual([]);
    expect(operations.filter(({ isPublic }) => isPublic).map(({ name }) => name)).toEqual([
      'POST /invitations/accept',
      'POST /invitations/read',
      'POST /password-resets/read',
      'POST /password-resets/use',
      'POST /session',
      'GET /setup',
      'POST /setup',
    ]);
  });

  it.each(ROLES)(
    'lets a member who is %s do what the role says, and nothing else',
    async (role) => {
      const { headers } = await newPerson(api, workspaceId, role);
      expect(await surprises(headers, ROLE_PERMISSIONS[role])).toEqual([]);
    },
  );

  it('lets a token do what its scopes say, and nothing else', async () => {
    const { headers } = await newPerson(api, workspaceId, 'owner');
    for (const scope of PERMISSIONS) {
      if (scope === 'instance:manage') continue;
      const token = await newToken(api, headers, [scope]);
      const needed = operations.find(({ permission }) => permission === scope);
      const other = operations.find(
        ({ permission, isPublic }) => !isPublic && permission && permission !== scope,
      );
      if (needed !== undefined && !isEventStream(needed)) {
        expect(NOT_LOOKED_AT).not.toContain((await ask(needed, token.headers)).status);
      }
      if (other !== undefined) {
        expect(await refusalOf(await ask(other, token.headers))).toEqual([403, 'NOT_ALLOWED']);
      }
    }
  });

  it('is judged by the token and by the role of its maker, whichever may less', async () => {
    const owner = await newPerson(api, workspaceId, 'owner');
    const scopes: Permission[] = ['streams:read', 'streams:write', 'history:read'];
    const token = await newToken(api, owner.headers, scopes);
    expect(await surprises(token.headers, new Set(scopes))).toEqual([]);
    await api.database.query(`UPDATE memberships SET role = 'viewer' WHERE user_id = $1`, [
      owner.id,
    ]);
    expect(await surprises(token.headers, new Set(['streams:read', 'history:read']))).toEqual([]);
  });
});
