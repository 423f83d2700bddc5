import { FirstAdministrator } from '../../apps/api/src/auth/first-administrator.ts';
import { openPage } from '../browser.ts';
import type { OpenPage, Viewer } from '../browser.ts';
import { asBootstrap } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

export const OWNER = 'owner@example.com';
export const PASSWORD = 'a sentence to remember';
/** Words about what was done lie beside the page then, and not in front of what is done next. */
const WIDE: Viewer = { widthPixels: 1_800 };

/**
 * An empty page of the first administrator, who is signed in by what the form would have sent.
 * Each step may take `stepMs`.
 */
export async function openAsOwner(
  api: ApiUnderTest,
  stepMs: number,
  viewer: Viewer = WIDE,
): Promise<OpenPage> {
  const link = await api.app.get(FirstAdministrator).prepare();
  const token = new URL(link ?? '', api.url).searchParams.get('token');
  return signedIn(api, stepMs, viewer, '/setup', { token, email: OWNER, password: PASSWORD });
}

/** The same of somebody who was invited. */
export async function openAsMember(
  api: ApiUnderTest,
  stepMs: number,
  role: 'owner' | 'operator' | 'viewer',
): Promise<OpenPage> {
  const body = { email: `${role}@example.com`, role };
  const invited = await api.call('POST', '/api/v1/invitations', { body, headers: asBootstrap });
  const { link } = (await invited.json()) as { link: string };
  const token = new URL(link, api.url).searchParams.get('token');
  return signedIn(api, stepMs, WIDE, '/invitations/accept', { token, password: PASSWORD });
}

async function signedIn(
  api: ApiUnderTest,
  stepMs: number,
  viewer: Viewer,
  path: string,
  data: object,
): Promise<OpenPage> {
  const opened = await openPage(stepMs, viewer);
  // What it answers as a cookie is the browser's from then on.
  const answer = await opened.page.context().request.post(`${api.url}/api/v1${path}`, { data });
  if (!answer.ok()) throw new Error(`${path} answered ${answer.status()}: ${await answer.text()}`);
  return opened;
}
