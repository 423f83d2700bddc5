import type { Request } from 'express';
import type { AuditEntry } from './audit-log.ts';

/** Field names kept with an entry at most. */
const FIELDS_MAX = 40;
/** Characters kept of a name that the caller chose. */
const NAME_CHARACTERS_MAX = 200;
const VERBS: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'put',
  PATCH: 'change',
  DELETE: 'remove',
};
const PARAMETER = /^:/;

type Asked = Pick<Request, 'method' | 'params'> & {
  /** As the route is declared: `/api/v1/streams/:id`. */
  readonly path: string;
  readonly body: unknown;
};

/**
 * What a request did, out of its route: `PATCH destinations/:id` is `destination.change`,
 * `POST streams/:id/rotate-key` is `stream.rotate-key`. Of the body only the names of its fields
 * are kept: values may be keys.
 */
export function auditEntryOf(request: Request, answer: unknown): AuditEntry {
  const path: unknown = Reflect.get(request.route ?? {}, 'path');
  const { method, params } = request;
  const body: unknown = request.body;
  return entryOf({ method, params, body, path: typeof path === 'string' ? path : '' }, answer);
}

export function entryOf({ method, params, body, path }: Asked, answer: unknown): AuditEntry {
  const parts = path
    .replace(/^\/api\/v\d+\//, '')
    .split('/')
    .filter((part) => part !== '');
  const nouns = parts.filter((part) => !PARAMETER.test(part));
  const last = nouns.at(-1) ?? 'request';
  const endsInParameter = PARAMETER.test(parts.at(-1) ?? '');
  const isDeed = method === 'POST' && nouns.length > 1 && !last.endsWith('s');
  const [noun, verb] = isDeed
    ? [nouns.at(-2) ?? last, last]
    : [last, VERBS[method] ?? method.toLowerCase()];
  const kind = singularOf(noun);
  const id =
    !isDeed && method === 'POST' && !endsInParameter ? textIn(answer, 'id') : lastOf(params);
  const name = textIn(answer, 'name')?.slice(0, NAME_CHARACTERS_MAX);
  const fields = fieldNamesOf(body);
  return {
    action: `${kind}.${verb}`,
    target: { kind, ...(id !== undefined && { id }), ...(name !== undefined && { name }) },
    ...(fields.length > 0 && { detail: { fields } }),
  };
}

function singularOf(noun: string): string {
  if (noun === 'status' || !noun.endsWith('s')) return noun;
  return noun.endsWith('ies') ? `${noun.slice(0, -3)}y` : noun.slice(0, -1);
}

/** The innermost thing that the path names. */
function lastOf(params: Asked['params']): string | undefined {
  const value = Object.values(params).at(-1);
  return typeof value === 'string' ? value : undefined;
}

function textIn(answer: unknown, field: string): string | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const value: unknown = Reflect.get(answer, field);
  return typeof value === 'string' ? value : undefined;
}

function fieldNamesOf(body: unknown): string[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return [];
  return Object.keys(body).slice(0, FIELDS_MAX);
}
