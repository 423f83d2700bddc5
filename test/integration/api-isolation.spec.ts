import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLE_PERMISSIONS } from '#control';
import { filled, isEventStream, operationsOf } from './api-operations.ts';
import type { Operation } from './api-operations.ts';
import { newPerson, newToken, newWorkspace, within } from './api-people.ts';
import type { Headers } from './api-people.ts';
import { startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { everyIdOf, fingerprintOf, fullWorkspace } from './two-workspaces.ts';
import type { FullWorkspace } from './two-workspaces.ts';

/** Bodies that are in order, where the document's example is only well formed. */
const BODIES: Readonly<Record<string, unknown>> = {
  'POST /streams/{id}/destinations': {
    name: 'Mine',
    platform: 'custom',
    url: 'rtmp://93.184.215.14/live',
    streamKey: 'abcd-efgh-ijkl-mnop',
  },
};
/** The smallest PNG picture. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q' +
    'DwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
/** What is the same for everybody: its ids are nobody's. */
const COMMON_NOUNS: ReadonlySet<string> = new Set(['platforms']);

let api: ApiUnderTest;
let operations: Operation[];
let full: FullWorkspace;
let strangers: Readonly<Record<string, Headers>>;

beforeAll(async () => {
  api = await startApi();
  operations = await operationsOf(api);
  full = await fullWorkspace(api);
  const own = await newWorkspace(api, 'Stranger');
  const owner = await newPerson(api, own, 'owner');
  const { headers: token } = await newToken(api, owner.headers, [...ROLE_PERMISSIONS.owner]);
  strangers = { owner: owner.headers, token };
});
afterAll(() => api.close());

const ofOneself = ({ isPublic, permission }: Operation): boolean =>
  !isPublic && permission !== 'instance:manage';
const ofOneWorkspace = (operation: Operation): boolean =>
  ofOneself(operation) && operation.permission !== undefined;
const namesSomething = ({ path }: Operation): boolean =>
  path.includes('{') && !COMMON_NOUNS.has(path.split('/')[1] ?? '');

function foreignId(noun: string): string {
  const id = full.ids[noun];
  if (id === undefined) throw new Error(`two-workspaces.ts has no row for the noun ${noun}`);
  return id;
}

/** The document's example, with foreign ids wherever an id of ours could stand. */
function foreignBody({ name, example }: Operation): unknown {
  const ids: Readonly<Record<string, string | undefined>> = {
    streamId: full.ids['streams'],
    destinationId: full.ids['destinations'],
    broadcastId: full.ids['broadcasts'],
  };
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, ids[key] ?? replace(each)]),
    );
  };
  return replace(BODIES[name] ?? example);
}

async function send(operation: Operation, headers: Headers, path: string): Promise<Response> {
  const { method, mediaType } = operation;
  if (mediaType?.startsWith('image/') === true) {
    const typed = { ...headers, 'content-type': mediaType };
    return fetch(`${api.url}/api/v1${path}`, { method, headers: typed, body: PNG });
  }
  return api.call(method, `/api/v1${path}`, { headers, body: foreignBody(operation) });
}

describe.each(['owner', 'token'])('with the ids of another workspace, its %s', (who) => {
  it('finds nothing and changes nothing, whatever is asked', async () => {
    const before = await fingerprintOf(api, full.id);
    const found: string[] = [];
    for (const operation of operations.filter(ofOneself).filter(namesSomething)) {
      const path = filled(operation.path, foreignId);
      const answer = await send(operation, strangers[who] ?? {}, path);
      const { code } = (await answer.json().catch(() => ({}))) as { code?: string };
      if (answer.status !== 404 || code?.endsWith('_NOT_FOUND') !== true) {
        found.push(`${operation.name}: ${answer.status} ${code}`);
      }
    }
    expect(found).toEqual([]);
    expect(await fingerprintOf(api, full.id)).toEqual(before);
  });

  it('is shown none of them in any list, and cannot send one along in a body', async () => {
    const before = await fingerprintOf(api, full.id);
    const ids = await everyIdOf(api, full.id);
    const told: string[] = [];
    for (const operation of operations.filter(ofOneWorkspace)) {
      if (isEventStream(operation) || namesSomething(operation)) continue;
      const { ids: foreign } = full;
      const query = `?streamId=${foreign['streams']}&destinationId=${foreign['destinations']}`;
      for (const path of [operation.path, operation.path + query]) {
        if (path.includes('{')) continue;
        const answer = await send(operation, strangers[who] ?? {}, path);
        const text = await answer.text();
        if (answer.status >= 500) told.push(`${operation.name}: ${answer.status}`);
        if (answer.ok && ids.some((id) => text.includes(id))) told.push(operation.name);
      }
    }
    expect(told).toEqual([]);
    expect(await fingerprintOf(api, full.id)).toEqual(before);
  });

  it('cannot ask to work in it', async () => {
    const headers = { ...strangers[who], ...within(full.id) };
    const entered: string[] = [];
    for (const operation of operations.filter(({ isPublic }) => !isPublic)) {
      const path = filled(operation.path, (noun) => full.ids[noun] ?? 'youtube');
      const answer = await send(operation, headers, path);
      const { code } = (await answer.json().catch(() => ({}))) as { code?: string };
      if (code !== 'WORKSPACE_NOT_FOUND') entered.push(`${operation.name}: ${answer.status}`);
    }
    expect(entered).toEqual([]);
  });
});
