import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from '#contracts';
import type { AuditRecord } from '#control';
import {
  ask,
  newPerson,
  newToken,
  newWorkspace,
  PASSWORD,
  refusalOf,
  signIn,
  within,
} from './api-people.ts';
import type { Headers, Person } from './api-people.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

const SECRET = 'abcd-audit-canary-mnop';

let api: ApiUnderTest;
let workspaceId: string;
let owner: Person;

beforeAll(async () => {
  api = await startApi();
  workspaceId = await newWorkspace(api);
  owner = await newPerson(api, workspaceId, 'owner');
});
afterAll(() => api.close());

const audit = async (query = '', headers: Headers = owner.headers) =>
  (await ask<Page<AuditRecord>>(api, headers, 'GET', `/audit${query}`)).items;

describe('the audit', () => {
  it('tells who did what to what, newest first, and no value that was sent', async () => {
    const post = <Body>(path: string, body?: object) =>
      ask<Body>(api, owner.headers, 'POST', path, body);
    const { id } = await post<{ id: string }>('/streams', { name: 'Show' });
    await ask(api, owner.headers, 'PATCH', `/streams/${id}`, { graceSeconds: 30 });
    await post(`/streams/${id}/rotate-key`);
    const destination = await post<{ id: string }>(`/streams/${id}/destinations`, {
      name: 'Main',
      platform: 'custom',
      url: 'rtmp://93.184.215.14/live',
      streamKey: SECRET,
    });
    await ask(api, owner.headers, 'DELETE', `/destinations/${destination.id}`);
    const records = await audit();
    expect(records.slice(0, 5).map(({ action, target }) => [action, target?.id])).toEqual([
      ['destination.remove', destination.id],
      ['destination.create', destination.id],
      ['stream.rotate-key', id],
      ['stream.change', id],
      ['stream.create', id],
    ]);
    expect(records[1]).toMatchObject({
      actor: { kind: 'user', id: owner.id, name: owner.email },
      target: { kind: 'destination', name: 'Main' },
      address: '127.0.0.1',
      detail: { fields: ['name', 'platform', 'url', 'streamKey'] },
    });
    expect(JSON.stringify(records)).not.toContain(SECRET);
    const rows = await api.database.query('SELECT row_to_json(a)::text FROM audit_entries a');
    expect(JSON.stringify(rows)).not.toMatch(/audit-canary|fct_|fc_[\w-]{8}/);
  });

  it('names the token that did it, and the invitation that was accepted', async () => {
    const { id, headers } = await newToken(api, owner.headers, ['streams:write']);
    await ask(api, headers, 'POST', '/streams', { name: 'By token' });
    const [record] = await audit('?action=stream.create&limit=1');
    expect(record?.actor).toEqual({ kind: 'token', id, name: 'automation' });
    const [accepted] = await audit('?action=invitation.accept');
    expect(accepted?.actor).toEqual({ kind: 'user', id: owner.id, name: owner.email });
    const [invited] = await audit('?action=invitation.create');
    expect(invited?.actor).toMatchObject({ kind: 'bootstrap-token', id: 'bootstrap-token' });
  });

  it('tells who signed in, and who is above the instance and came in', async () => {
    const admin = { email: 'boss@example.org', password: PASSWORD, isInstanceAdmin: true };
    await ask(api, asBootstrap, 'POST', '/users', admin);
    const boss = await signIn(api, admin.email);
    const join = (role: string) =>
      api.call('POST', `/api/v1/workspaces/${workspaceId}/join`, {
        headers: boss,
        body: { role },
      });
    const inside = { ...boss, ...within(workspaceId) };
    const before = await api.call('GET', '/api/v1/streams', { headers: inside });
    expect(await refusalOf(before)).toEqual([404, 'WORKSPACE_NOT_FOUND']);
    expect(await (await join('viewer')).json()).toMatchObject({ role: 'viewer' });
    expect(await refusalOf(await join('owner'))).toEqual([409, 'MEMBER_EXISTS']);
    await ask(api, inside, 'GET', '/streams');
    const [joined] = await audit('?action=workspace.join');
    expect(joined).toMatchObject({ actor: { name: admin.email }, detail: { role: 'viewer' } });
    await signIn(api, owner.email);
    const [signedIn] = await audit('?action=session.create');
    expect(signedIn?.actor).toEqual({ kind: 'user', id: owner.id, name: owner.email });
    const token = await api.call('POST', `/api/v1/workspaces/${workspaceId}/join`, {
      headers: asBootstrap,
      body: { role: 'viewer' },
    });
    expect(await refusalOf(token)).toEqual([403, 'NOT_ALLOWED']);
  });

  it('tells once of what was asked twice with one Idempotency-Key', async () => {
    const headers = { ...owner.headers, 'idempotency-key': 'once' };
    const answers = [];
    for (let time = 0; time < 2; time += 1) {
      answers.push(await ask<{ id: string }>(api, headers, 'POST', '/streams', { name: 'Once' }));
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(await audit(`?targetId=${answers[0]?.id}`)).toHaveLength(1);
  });

  it('keeps quiet about what was refused or only read', async () => {
    const before = await audit();
    await api.call('POST', '/api/v1/streams', { headers: owner.headers, body: {} });
    await api.call('GET', '/api/v1/streams', { headers: owner.headers });
    await api.call('DELETE', `/api/v1/streams/${workspaceId}`, { headers: owner.headers });
    expect(await audit()).toEqual(before);
  });

  it('is read page by page, and by who or what it is about', async () => {
    const first = await ask<Page<AuditRecord>>(api, owner.headers, 'GET', '/audit?limit=2');
    const path = `/audit?limit=2&cursor=${first.nextCursor}`;
    const second = await ask<Page<AuditRecord>>(api, owner.headers, 'GET', path);
    expect([...first.items, ...second.items]).toEqual((await audit()).slice(0, 4));
    const mine = await audit(`?actorId=${owner.id}`);
    expect(new Set(mine.map(({ actor }) => actor.id))).toEqual(new Set([owner.id]));
    const target = mine.find(({ action }) => action === 'stream.create')?.target?.id;
    const about = await audit(`?targetId=${target}`);
    expect(about.every((record) => record.target?.id === target)).toBe(true);
  });

  it('of another workspace is another', async () => {
    const other = await newWorkspace(api, 'Other');
    await ask(api, { ...asBootstrap, ...within(other) }, 'POST', '/streams', { name: 'There' });
    const there = await audit('', { ...asBootstrap, ...within(other) });
    expect(there.map(({ action }) => action)).toEqual(['stream.create']);
    expect((await audit()).some(({ target }) => target?.name === 'There')).toBe(false);
  });

  it('does not undo what was done when it cannot be written', async () => {
    await api.database.query('ALTER TABLE audit_entries RENAME TO audit_elsewhere');
    const made = await ask<{ name: string }>(api, owner.headers, 'POST', '/streams', {
      name: 'Kept',
    });
    await api.database.query('ALTER TABLE audit_elsewhere RENAME TO audit_entries');
    expect(made.name).toBe('Kept');
    expect(api.log.some((line) => line.includes('audit: an entry is lost'))).toBe(true);
  });
});
