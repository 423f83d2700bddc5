import type { InputRole } from '#contracts';
import type { Role } from '#control';
import { answerOf, client, everyPage, type Named } from './client.ts';

const testMs = 30_000;

/** A value that makes two sendings of one form one deed. Works on plain HTTP too. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What the form for a destination sends beside its key. */
export type DestinationSettings = Omit<
  Named<'CreateDestinationBody'>,
  'platform' | 'streamKey' | 'enabled'
>;

/** `id` of a path. */
const of = (id: string) => ({ params: { path: { id } } });
const once = (key: string) => ({ header: { 'Idempotency-Key': key } });

/** The calls of /api/v1 that this page makes. Each throws an ApiProblem and nothing else. */
export const api = {
  setUpPending: () => answerOf(client.GET('/api/v1/setup')),
  /** Signs in, too. */
  setUp: (body: Named<'SetUpBody'>) => answerOf(client.POST('/api/v1/setup', { body })),
  signIn: (body: Named<'SignInBody'>) => answerOf(client.POST('/api/v1/session', { body })),
  signOut: () => answerOf(client.DELETE('/api/v1/session')),
  session: () => answerOf(client.GET('/api/v1/session')),

  readInvitation: (token: string) =>
    answerOf(client.POST('/api/v1/invitations/read', { body: { token } })),
  /** Signs in, too. */
  acceptInvitation: (body: Named<'AcceptInvitationBody'>) =>
    answerOf(client.POST('/api/v1/invitations/accept', { body })),
  members: () => everyPage((query) => client.GET('/api/v1/members', { params: { query } })),
  changeMember: (id: string, role: Role) =>
    answerOf(client.PATCH('/api/v1/members/{id}', { ...of(id), body: { role } })),
  removeMember: (id: string) => answerOf(client.DELETE('/api/v1/members/{id}', of(id))),
  invitations: () => everyPage((query) => client.GET('/api/v1/invitations', { params: { query } })),
  invite: (email: string, role: Role) =>
    answerOf(client.POST('/api/v1/invitations', { body: { email, role } })),
  revokeInvitation: (id: string) => answerOf(client.DELETE('/api/v1/invitations/{id}', of(id))),
  tokens: () => everyPage((query) => client.GET('/api/v1/tokens', { params: { query } })),
  createToken: (body: Named<'CreateApiTokenBody'>) =>
    answerOf(client.POST('/api/v1/tokens', { body })),
  revokeToken: (id: string) => answerOf(client.DELETE('/api/v1/tokens/{id}', of(id))),

  streams: () => everyPage((query) => client.GET('/api/v1/streams', { params: { query } })),
  /** With what is wanted and what is so of each, in one call for each fifty. */
  wholeStreams: () =>
    everyPage((query) =>
      client.GET('/api/v1/streams', {
        params: { query: { ...query, expand: 'destinations,status' } },
      }),
    ),
  createStream: (name: string, key: string) =>
    answerOf(client.POST('/api/v1/streams', { params: once(key), body: { name } })),
  status: (id: string) => answerOf(client.GET('/api/v1/streams/{id}/status', of(id))),
  endBroadcast: (id: string, cut: boolean) =>
    answerOf(client.POST('/api/v1/streams/{id}/end', { ...of(id), body: { cut } })),
  switchInput: (id: string, to: InputRole) =>
    answerOf(client.POST('/api/v1/streams/{id}/switch-input', { ...of(id), body: { to } })),
  history: (id: string) =>
    everyPage((query) =>
      client.GET('/api/v1/broadcasts/{id}/events', {
        params: { path: { id }, query: { ...query, limit: 200 } },
      }),
    ),
  /** The seconds of a broadcast since then. */
  statisticsSeconds: async (id: string, from: string) => {
    const query = { resolution: '1', from } as const;
    const call = client.GET('/api/v1/broadcasts/{id}/statistics', {
      params: { path: { id }, query },
    });
    return (await answerOf(call)).series;
  },

  destinations: (id: string) =>
    everyPage((query) =>
      client.GET('/api/v1/streams/{id}/destinations', { params: { path: { id }, query } }),
    ),
  createDestination: (id: string, body: Named<'CreateDestinationBody'>, key: string) =>
    answerOf(
      client.POST('/api/v1/streams/{id}/destinations', {
        params: { path: { id }, ...once(key) },
        body,
      }),
    ),
  removeDestination: (id: string) => answerOf(client.DELETE('/api/v1/destinations/{id}', of(id))),
  startDestination: (id: string) =>
    answerOf(client.POST('/api/v1/destinations/{id}/start', of(id))),
  stopDestination: (id: string) =>
    answerOf(client.POST('/api/v1/destinations/{id}/stop', { ...of(id), body: {} })),
  cutDestination: (id: string) =>
    answerOf(client.POST('/api/v1/destinations/{id}/stop', { ...of(id), body: { cut: true } })),
  retryDestination: (id: string) =>
    answerOf(client.POST('/api/v1/destinations/{id}/retry', of(id))),

  /** May take half a minute: a server is given time to answer. */
  testDestination: (id: string, publish: boolean) =>
    answerOf(
      client.POST('/api/v1/destinations/{id}/test', {
        ...of(id),
        body: { publish },
        fetch: (request) => fetch(request, { signal: AbortSignal.timeout(testMs) }),
      }),
    ),

  /** Shows how a paste is read; nothing of it is kept. */
  parseDestination: (text: string, platform: string) =>
    answerOf(client.POST('/api/v1/destinations/parse', { body: { text, platform } })),
  platforms: () => answerOf(client.GET('/api/v1/platforms')),
};
