import { randomBytes } from 'node:crypto';
import type { ApiToken, NewInvitation, Permission, Role, Workspace } from '#control';
import { asBootstrap } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

export const PASSWORD = 'a short sentence is good';

export type Headers = Readonly<Record<string, string>>;

/** Somebody who is signed in, in one workspace. */
export interface Person {
  readonly id: string;
  readonly email: string;
  /** The cookie, and the workspace that requests are about. */
  readonly headers: Headers;
}

/** Asks what must succeed. */
export async function ask<Body>(
  api: ApiUnderTest,
  headers: Headers,
  method: string,
  path: string,
  body?: unknown,
): Promise<Body> {
  const answer = await api.call(method, `/api/v1${path}`, { headers, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as Body;
}

/** What a request that is refused is told. */
export async function refusalOf(answer: Response): Promise<[status: number, code: string]> {
  const { code } = (await answer.json()) as { code: string };
  return [answer.status, code];
}

export function cookieOf(answer: Response): string {
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

export async function signIn(api: ApiUnderTest, email: string, password = PASSWORD) {
  const answer = await api.call('POST', '/api/v1/session', { body: { email, password } });
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
  return { cookie: cookieOf(answer) };
}

export const within = (workspaceId: string): Headers => ({ 'forkcast-workspace': workspaceId });

export async function newWorkspace(api: ApiUnderTest, name = 'Team'): Promise<string> {
  return (await ask<Workspace>(api, asBootstrap, 'POST', '/workspaces', { name })).id;
}

/** Invites somebody, who accepts. */
export async function newPerson(
  api: ApiUnderTest,
  workspaceId: string,
  role: Role,
): Promise<Person> {
  const email = `${role}-${randomBytes(4).toString('hex')}@example.org`;
  const inviter = { ...asBootstrap, ...within(workspaceId) };
  const { link } = await ask<NewInvitation>(api, inviter, 'POST', '/invitations', { email, role });
  const token = linkToken(link);
  const answer = await api.call('POST', '/api/v1/invitations/accept', {
    body: { token, password: PASSWORD },
  });
  if (!answer.ok) throw new Error(`accept: ${answer.status} ${await answer.text()}`);
  const { user } = (await answer.json()) as { user: { id: string } };
  return { id: user.id, email, headers: { cookie: cookieOf(answer), ...within(workspaceId) } };
}

export function linkToken(link: string): string {
  return new URL(link, 'http://localhost').searchParams.get('token') ?? '';
}

export async function newToken(
  api: ApiUnderTest,
  maker: Headers,
  scopes: readonly Permission[],
): Promise<{ readonly id: string; readonly headers: Headers }> {
  const body = { name: 'automation', scopes };
  const made = await ask<ApiToken & { token: string }>(api, maker, 'POST', '/tokens', body);
  return { id: made.id, headers: { authorization: `Bearer ${made.token}` } };
}
