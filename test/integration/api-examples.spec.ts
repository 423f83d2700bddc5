import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenAPIObject } from '@nestjs/swagger';
import { openQueues, type Queues } from '#queue';
import { documentAlone } from '../../apps/api/src/openapi/document-alone.ts';
import { filled, isEventStream, operationsOf } from './api-operations.ts';
import type { Operation } from './api-operations.ts';
import { ask, within } from './api-people.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { fullWorkspace } from './two-workspaces.ts';
import type { FullWorkspace } from './two-workspaces.ts';

/** The smallest PNG picture. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9Q' +
    'DwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
/** Nothing is live here, nobody has these links and passwords, and a token has neither. */
const REFUSED: Readonly<Record<string, string>> = {
  'POST /destinations/{id}/retry': 'STREAM_NOT_LIVE',
  'POST /streams/{id}/end': 'STREAM_NOT_LIVE',
  'POST /streams/{id}/switch-input': 'STREAM_NOT_LIVE',
  'GET /destinations/{id}/preview': 'PREVIEW_NOT_LIVE',
  'GET /streams/{id}/preview': 'PREVIEW_NOT_LIVE',
  'POST /invitations/accept': 'INVITATION_INVALID',
  'POST /invitations/read': 'INVITATION_INVALID',
  'POST /password-resets/read': 'PASSWORD_RESET_INVALID',
  'POST /password-resets/use': 'PASSWORD_RESET_INVALID',
  'POST /session': 'SIGN_IN_REFUSED',
  'POST /setup': 'SET_UP_DONE',
  'PUT /session/password': 'NOT_ALLOWED',
  'POST /workspaces/{id}/join': 'NOT_ALLOWED',
  // It starts a destination and never stops it.
  'PATCH /schedules/{id}': 'SCHEDULE_TIME_INVALID',
  'DELETE /streams/{id}/keys/{keyId}': 'KEY_LAST',
  'DELETE /sessions/{id}': 'SESSION_NOT_FOUND',
  'DELETE /members/{id}': 'LAST_OWNER',
};

let api: ApiUnderTest;
let queues: Queues;
let full: FullWorkspace;

const document: OpenAPIObject = await documentAlone();
/** What makes comes before what reads, and what removes comes last, from the leaves to the root. */
const METHODS = ['post', 'put', 'patch', 'get'] as const;
const named = (method: 'delete' | (typeof METHODS)[number]): string[] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    item[method] === undefined ? [] : [`${method.toUpperCase()} ${path.replace('/api/v1', '')}`],
  );
const depthOf = (name: string): number => name.split('/').length;
const LAST = ['DELETE /streams/{id}', 'DELETE /session', 'DELETE /workspaces/{id}'];
const removals = named('delete')
  .filter((name) => !LAST.includes(name))
  .toSorted((one, other) => depthOf(other) - depthOf(one));
const operations = [...METHODS.flatMap(named), ...removals, ...LAST];

let known: ReadonlyMap<string, Operation>;

beforeAll(async () => {
  api = await startApi();
  queues = openQueues({ url: api.redis.url, onFault: () => undefined });
  queues.preflight.consume(() => Promise.resolve({ ok: true, steps: [], error: null }));
  known = new Map((await operationsOf(api)).map((operation) => [operation.name, operation]));
  full = await fullWorkspace(api);
});
afterAll(async () => {
  await queues.close();
  await api.close();
});

/** With ids of what is there in place of the example's. */
function bodyOf({ example }: Operation): unknown {
  const ids: Readonly<Record<string, string | undefined>> = {
    streamId: full.ids['streams'],
    destinationId: full.ids['destinations'],
  };
  const replaced = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replaced);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([key, each]) => [key, ids[key] ?? replaced(each)]));
  };
  return replaced(example);
}

/** The one before may have been rotated away. */
async function takeNewKey(): Promise<void> {
  const headers = { ...asBootstrap, ...within(full.id) };
  const path = `/streams/${full.ids['streams']}/keys`;
  const { items } = await ask<{ items: { id: string }[] }>(api, headers, 'GET', path);
  full = { ...full, ids: { ...full.ids, keys: items[0]?.id ?? '' } };
}

async function send(operation: Operation): Promise<Response> {
  const { method, path, mediaType } = operation;
  const url = `/api/v1${filled(path, (noun) => full.ids[noun] ?? 'custom')}`;
  const headers = { ...asBootstrap, ...within(full.id) };
  if (mediaType?.startsWith('image/') !== true) {
    return api.call(method, url, { headers, body: bodyOf(operation) });
  }
  const typed = { ...headers, 'content-type': 'image/png' };
  return fetch(api.url + url, { method, headers: typed, body: PNG });
}

describe('the example in the document', () => {
  it.each(operations)('of %s is answered as the document says', async (name) => {
    const operation = known.get(name);
    if (operation === undefined || isEventStream(operation)) return;
    if (name.includes('{keyId}')) await takeNewKey();
    const answer = await send(operation);
    const text = await answer.text();
    const code = answer.ok ? 'answered' : (JSON.parse(text) as { code: string }).code;
    expect([code, text.slice(0, 400)]).toEqual([REFUSED[name] ?? 'answered', expect.any(String)]);
  });
});
