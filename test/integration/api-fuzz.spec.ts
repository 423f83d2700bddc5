import * as fc from 'fast-check';
import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_CODES } from '#control';
import { openQueues, type Queues } from '#queue';
import { documentAlone } from '../../apps/api/src/openapi/document-alone.ts';
import { ask, newPerson, newToken, within, type Headers } from './api-people.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { oddTexts, spoilt, takenBy, type JsonSchema } from './schema-arbitrary.ts';
import { fullWorkspace } from './two-workspaces.ts';

/**
 * Whatever is sent to a call of the document: no answer is a fault of ours, each refusal is a
 * problem with a code of the table and a status that the document names, and each answer has the
 * shape that the document shows. FUZZ_SEED tells another story, FUZZ_RUNS a longer one.
 */
const SEED = Number(process.env['FUZZ_SEED'] ?? 1);
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 30);
const ANSWER_WITHIN_MS = 15_000;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
/** Answers that never end. */
const ENDLESS = new Set(['getEvents', 'getDestinationPreview', 'getStreamPreview']);

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: JsonSchema;
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { schema?: JsonSchema }>> };
  readonly responses: Readonly<
    Record<string, { content?: Record<string, { schema?: JsonSchema }> }>
  >;
}
interface Call {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}
interface Sent {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

const document: OpenAPIObject = await documentAlone();
const components = (document.components?.schemas ?? {}) as Record<string, JsonSchema>;
const calls: readonly Call[] = Object.entries(document.paths).flatMap(([path, item]) =>
  METHODS.flatMap((method) => {
    const operation = item[method] as unknown as Operation | undefined;
    return operation === undefined ? [] : [{ method: method.toUpperCase(), path, operation }];
  }),
);

let api: ApiUnderTest;
let queues: Queues;
/** Ids of things that are, or were, there, so that not every call ends at the door. */
const ids = new Set<string>();
const fresh: string[] = [];
let workspaceId: string;
let principals: fc.Arbitrary<Headers>;

beforeAll(async () => {
  api = await startApi({ RATE_LIMIT_PERCENT: '0' });
  queues = openQueues({ url: api.redis.url, onFault: () => undefined });
  queues.preflight.consume(() => Promise.resolve({ ok: true, steps: [], error: null }));
  await plant();
});
afterAll(async () => {
  await queues.close();
  await api.close();
});

/** One of everything for a call to find, and people who may do more and less with it. */
async function plant(): Promise<void> {
  const { id, ids: planted } = await fullWorkspace(api);
  workspaceId = id;
  const viewer = await newPerson(api, id, 'viewer');
  const owner = { ...asBootstrap, ...within(id) };
  const { headers: token } = await newToken(api, owner, ['destinations:write', 'keys:manage']);
  fresh.push('', '', ...Object.values(planted));
  for (const one of fresh) ids.add(one);
  principals = fc.oneof(
    { weight: 8, arbitrary: fc.constant<Headers>(owner) },
    { weight: 1, arbitrary: fc.constant<Headers>(viewer.headers) },
    { weight: 1, arbitrary: fc.constant<Headers>(token) },
    { weight: 1, arbitrary: fc.constant<Headers>({}) },
    { weight: 1, arbitrary: fc.constant<Headers>({ authorization: 'Bearer fct_of_nobody' }) },
  );
}

/** What calls before have removed, perhaps. */
async function plantStream(): Promise<void> {
  const headers = { ...asBootstrap, ...within(workspaceId) };
  const stream = await ask<{ id: string }>(api, headers, 'POST', '/streams', { name: 'planted' });
  const body = { name: 'planted', url: 'rtmp://203.0.113.7/live', streamKey: 'key' };
  const path = `/streams/${stream.id}/destinations`;
  const destination = await ask<{ id: string }>(api, headers, 'POST', path, body);
  fresh.splice(0, 2, stream.id, destination.id);
}

function pathOf({ path, operation }: Call): fc.Arbitrary<string> {
  const part = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...fresh) },
    { weight: 3, arbitrary: fc.constantFrom(...ids) },
    { weight: 1, arbitrary: fc.uuid() },
    { weight: 1, arbitrary: oddTexts },
  );
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const parts = fc.tuple(...names.map(() => part));
  return fc.tuple(parts, queryOf(operation)).map(([values, query]) => {
    const filled = values.reduce(
      (text, value, index) => text.replace(`{${names[index]}}`, encoded(value)),
      path,
    );
    return query === '' ? filled : `${filled}?${query}`;
  });
}

/** Lone surrogates have no encoding. An empty part would be another call's path. */
function encoded(value: string): string {
  const text = value.toWellFormed();
  return text === '' || /^\.{1,2}$/.test(text) ? '%20' : encodeURIComponent(text);
}

function queryOf({ parameters = [] }: Operation): fc.Arbitrary<string> {
  const known = parameters.filter((one) => one.in === 'query');
  const fields = known.map(({ name, schema = {} }) => {
    const value = fc.oneof(
      { weight: 4, arbitrary: fc.constant(undefined) },
      { weight: 4, arbitrary: takenBy(schema, components) },
      { weight: 2, arbitrary: oddTexts },
    );
    return value.map((one) =>
      one === undefined ? '' : `${name}=${encodeURIComponent(textOf(one).toWellFormed())}`,
    );
  });
  const odd = fc.oneof(
    { weight: 9, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom('__proto__[x]=1', 'limit=1&limit=2', 'cursor[a]=b') },
  );
  return fc.tuple(odd, ...fields).map((all) => all.filter((one) => one !== '').join('&'));
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

function headersOf({ parameters = [] }: Operation): fc.Arbitrary<Record<string, string>> {
  const odd = fc.constantFrom('', '*', 'x', '"v1"', 'W/"v1"', '"v999"', 'x'.repeat(300), 'ä');
  const names = parameters.filter((one) => one.in === 'header').map(({ name }) => name);
  const some = names.map((name) =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constant<[string, string][]>([]) },
      { weight: 1, arbitrary: odd.map((value): [string, string][] => [[name, value]]) },
    ),
  );
  return fc.tuple(...some).map((all) => Object.fromEntries(all.flat()));
}

/** What no call takes, and its type: broken, deep, names twice, numbers past all numbers. */
const ODD_BODIES: ReadonlyArray<readonly [body: string, type: string]> = [
  ['{', 'application/json'],
  ['null', 'application/json'],
  ['[]', 'application/json'],
  ['"text"', 'application/json'],
  [`${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'application/json'],
  ['{"__proto__":{"isInstanceAdmin":true},"name":"x"}', 'application/json'],
  [`${'{"name":'.repeat(5_000)}1${'}'.repeat(5_000)}`, 'application/json'],
  ['{"name":"one","name":{},"name":"two"}', 'application/json'],
  ['{"name":1e999,"graceSeconds":1e400}', 'application/json'],
  [`{"name":-0,"graceSeconds":${'9'.repeat(5_000)}}`, 'application/json'],
  ['{"name":9007199254740993,"graceSeconds":0.1e-400}', 'application/json'],
  ['{"name":NaN}', 'application/json'],
  ['{"name":"\\ud800\\udfff"} trailing', 'application/json'],
  ['\ufeff{"name":"x"}', 'application/json'],
  ['{"name":"x"', 'application/json'],
  ['a=b', 'application/x-www-form-urlencoded'],
  ['\u0000\u0001', 'image/png'],
  ['{}', 'application/json; charset=utf-7'],
  ['{}', 'text/plain'],
  ['{}', 'application/json, text/html'],
  ['{}', 'multipart/form-data; boundary=x'],
];

/** A body, and its type. */
function bodyOf({ requestBody }: Operation): fc.Arbitrary<readonly [string, string] | undefined> {
  const odd = fc.constantFrom(...ODD_BODIES);
  const schema = requestBody?.content['application/json']?.schema;
  if (schema === undefined) return fc.oneof(fc.constant(undefined), odd);
  const json = (value: unknown): [string, string] => [JSON.stringify(value), 'application/json'];
  const good = takenBy(schema, components);
  return fc.oneof(
    { weight: 4, arbitrary: good.map(json) },
    { weight: 5, arbitrary: good.chain(spoilt).map(json) },
    { weight: 1, arbitrary: odd },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

function requestsOf(call: Call): readonly Sent[] {
  const { operation } = call;
  const parts = fc.tuple(pathOf(call), principals, headersOf(operation), bodyOf(operation));
  const seed = SEED + Buffer.from(operation.operationId).reduce((sum, byte) => sum + byte, 0);
  const sampled = fc.sample(parts, { numRuns: RUNS, seed });
  const [usual] = sampled;
  const owner = { ...asBootstrap, ...within(workspaceId) };
  // Some of the odd ones, too, of one who may; each of them comes to some call.
  const odd = ODD_BODIES.filter((_, index) => (index + seed) % 5 === 0).map(
    (body) => [usual?.[0] ?? call.path, owner, {}, body] as const,
  );
  const all = operation.requestBody === undefined ? sampled : [...sampled, ...odd];
  return all.map(([path, who, more, body]) => ({
    path,
    headers: { ...more, ...who, ...(body !== undefined && { 'content-type': body[1] }) },
    body: call.method === 'GET' ? undefined : body?.[0],
  }));
}

/** What is wrong with an answer; empty when nothing is. */
async function faultOf({ operation }: Call, answer: Response): Promise<string> {
  const { status } = answer;
  const text = await answer.text();
  if (status >= 500) return `answers ${status}: ${text}`;
  const shown = operation.responses[String(status)];
  if (status >= 400) {
    const type = answer.headers.get('content-type') ?? '';
    if (!type.startsWith('application/problem+json')) return `${status} is no problem: ${type}`;
    const { code } = JSON.parse(text) as { code: string };
    if (!Object.hasOwn(PROBLEM_CODES, code)) return `the code ${code} is in no table`;
  }
  // What does not reach a route of the document is answered before it: a path with no meaning.
  if (shown === undefined) return `${status} is not in the document: ${text}`;
  const schema = shown.content?.['application/json']?.schema;
  if (status >= 300 || schema === undefined) return '';
  const found = validatorOf(schema).safeParse(JSON.parse(text));
  remember(text);
  return found.success ? '' : `${status} is not as the document says: ${found.error.message}`;
}

function validatorOf(schema: JsonSchema): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: components });
  const local = text.replaceAll('#/components/schemas/', '#/$defs/');
  return z.fromJSONSchema(JSON.parse(local) as Parameters<typeof z.fromJSONSchema>[0]);
}

/** The ids of what an answer shows are worth asking for. */
function remember(text: string): void {
  for (const [, id] of text.matchAll(/"id":"([0-9a-f-]{36})"/g)) if (id !== undefined) ids.add(id);
}

describe(`what is sent to the API at random (FUZZ_SEED=${SEED})`, () => {
  it.each(calls.filter(({ operation }) => !ENDLESS.has(operation.operationId)))(
    '$method $path is answered in order',
    { timeout: 120_000 },
    async (call) => {
      const faults: string[] = [];
      await plantStream();
      for (const { path, headers, body } of requestsOf(call)) {
        const answer = await fetch(api.url + path, {
          method: call.method,
          headers,
          ...(body !== undefined && { body }),
          signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        });
        const fault = await faultOf(call, answer);
        const sent = `${path.slice(0, 300)} ${JSON.stringify(headers)} ${body?.slice(0, 600)}`;
        if (fault !== '') faults.push(`${fault.slice(0, 600)}\n  to ${sent}`);
      }
      expect(faults.slice(0, 3), `${faults.length} of ${RUNS}`).toEqual([]);
    },
  );

  it('leaves the API well', async () => {
    expect((await api.call('GET', '/readyz')).status).toBe(200);
    expect(Object.hasOwn({}, 'isInstanceAdmin')).toBe(false);
    expect(Reflect.get({}, 'isInstanceAdmin')).toBeUndefined();
  });
});
