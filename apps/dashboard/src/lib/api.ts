import type {
  BroadcastEvent,
  ChangeDestinationBody,
  ChangeStreamBody,
  CreateDestinationBody,
  Destination,
  InputRole,
  Page,
  Platform,
  RotatedKey,
  SetUpBody,
  SignInBody,
  Slate,
  Stream,
  StreamStatus,
  StreamWithKey,
} from '#contracts';
import type { DestinationSplit } from '#control';
import { problemFrom, problemOf } from './api-problem.ts';

const callMs = 15_000;
/** Rounds of one list at most; a server that never ends its pages must not hang the dashboard. */
const pagesMax = 50;

type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A body is sent as JSON, a file as it is. */
async function call<Answer>(
  method: Method,
  path: string,
  body?: object,
  idempotencyKey?: string,
): Promise<Answer> {
  const headers: Record<string, string> = { accept: 'application/json' };
  const isFile = body instanceof Blob;
  if (body !== undefined) headers['content-type'] = isFile ? body.type : 'application/json';
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers,
    credentials: 'same-origin',
    signal: AbortSignal.timeout(callMs),
    ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
  }).catch((thrown: unknown) => {
    throw problemFrom(thrown);
  });
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

async function everyPage<Item>(
  path: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < pagesMax; page += 1) {
    const query = new URLSearchParams({ ...settings, ...(cursor !== null && { cursor }) });
    const answer: Page<Item> = await call('GET', `${path}?${query.toString()}`);
    items.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === null) break;
  }
  return items;
}

/** A value that makes two sendings of one form one deed. Works on plain HTTP too. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What the form for a destination sends beside its key. */
export type DestinationSettings = Pick<
  CreateDestinationBody,
  'name' | 'url' | 'backupUrl' | 'backupAfter' | 'resume' | 'delaySeconds'
>;
type NewDestination = DestinationSettings & Pick<CreateDestinationBody, 'platform' | 'streamKey'>;

/** The calls of /api/v1 that this page makes. Each throws an ApiProblem and nothing else. */
export const api = {
  setUpPending: () => call<{ pending: boolean }>('GET', '/setup'),
  /** Signs in, too. */
  setUp: (body: SetUpBody) => call<unknown>('POST', '/setup', body),
  signIn: (body: SignInBody) => call<unknown>('POST', '/session', body),
  signOut: () => call<undefined>('DELETE', '/session'),
  session: () => call<unknown>('GET', '/session'),

  streams: () => everyPage<Stream>('/streams'),
  createStream: (name: string, idempotencyKey: string) =>
    call<StreamWithKey>('POST', '/streams', { name }, idempotencyKey),
  changeStream: (streamId: string, body: ChangeStreamBody) =>
    call<Stream>('PATCH', `/streams/${streamId}`, body),
  hasSlate: (streamId: string) =>
    call<undefined>('HEAD', `/streams/${streamId}/slate`).then(
      () => true,
      (thrown: unknown) => {
        if (problemFrom(thrown).status === 404) return false;
        throw thrown;
      },
    ),
  putSlate: (streamId: string, picture: Blob) =>
    call<Slate>('PUT', `/streams/${streamId}/slate`, picture),
  removeSlate: (streamId: string) => call<undefined>('DELETE', `/streams/${streamId}/slate`),
  rotateKey: (streamId: string, input: InputRole) =>
    call<RotatedKey>('POST', `/streams/${streamId}/rotate-key`, { input }),
  status: (streamId: string) => call<StreamStatus>('GET', `/streams/${streamId}/status`),
  endBroadcast: (streamId: string, cut: boolean) =>
    call<StreamStatus>('POST', `/streams/${streamId}/end`, { cut }),
  switchInput: (streamId: string, to: InputRole) =>
    call<StreamStatus>('POST', `/streams/${streamId}/switch-input`, { to }),
  history: (broadcastId: string) =>
    everyPage<BroadcastEvent>(`/broadcasts/${broadcastId}/events`, { limit: '200' }),

  destinations: (streamId: string) => everyPage<Destination>(`/streams/${streamId}/destinations`),
  createDestination: (streamId: string, body: NewDestination, idempotencyKey: string) =>
    call<Destination>('POST', `/streams/${streamId}/destinations`, body, idempotencyKey),
  changeDestination: (id: string, body: ChangeDestinationBody) =>
    call<Destination>('PATCH', `/destinations/${id}`, body),
  removeDestination: (id: string) => call<undefined>('DELETE', `/destinations/${id}`),
  startDestination: (id: string) => call<unknown>('POST', `/destinations/${id}/start`),
  stopDestination: (id: string) => call<unknown>('POST', `/destinations/${id}/stop`),
  cutDestination: (id: string) => call<unknown>('POST', `/destinations/${id}/stop`, { cut: true }),
  retryDestination: (id: string) => call<unknown>('POST', `/destinations/${id}/retry`),

  /** Shows how a paste is read; nothing of it is kept. */
  parseDestination: (text: string, platform: string) =>
    call<DestinationSplit>('POST', '/destinations/parse', { text, platform }),
  platforms: () => call<{ items: Platform[] }>('GET', '/platforms'),
};
