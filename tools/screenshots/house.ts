import type { Camera } from './camera.ts';
import type { Studio } from './studio.ts';

/** What is not of this minute: what was, who is here, and what runs it all. */
export async function showHouse(studio: Studio, camera: Camera): Promise<void> {
  await furnish(studio);
  const { page } = camera;
  await camera.enter('/history', 'YouTube');
  await camera.shoot('history');
  await page.getByRole('list').getByRole('link').first().click();
  await page.getByText('The broadcast was ended.').waitFor();
  await page.locator('canvas').first().waitFor();
  await camera.shoot('broadcast');
  for (const [name, path, text] of ROOMS) {
    await camera.enter(path, text);
    await camera.shoot(name);
  }
}

/** Each with what is seen there as soon as all has come. */
const ROOMS = [
  ['people', '/people', 'Stream Deck'],
  ['notices', '/webhooks', 'On-call'],
  ['audit', '/audit', 'Created a stream'],
  ['usage', '/usage', /kbit|minutes|GB|MB/],
  ['account', '/account', 'this one'],
  ['admin-workspaces', '/admin/workspaces', 'Second studio'],
  ['admin-users', '/admin/users', 'Cleo'],
  ['admin-platforms', '/admin/platforms', 'Twitch'],
  ['admin-settings', '/admin/settings', 'HTTP_PORT'],
] as const;

/** Nobody looks at an empty room. */
async function furnish({ api }: Studio): Promise<void> {
  const kinds = ['push.needs_attention', 'ingest.lost'];
  const things = [
    ['/invitations', { email: 'ben@example.com', role: 'operator' }],
    ['/tokens', { name: 'Stream Deck', scopes: ['streams:read', 'live:control'] }],
    ['/tokens', { name: 'Overlay', scopes: ['streams:read'], expiresInDays: 90 }],
    ['/webhooks', { name: 'On-call', format: 'standard', url: 'https://192.0.2.1/hook', kinds }],
    ['/webhooks', { name: 'Crew', format: 'email', email: 'crew@example.com', kinds }],
    ['/workspaces', { name: 'Second studio' }],
    ['/users', { email: 'cleo@example.com', name: 'Cleo', password: 'a sentence of her own' }],
  ] as const;
  for (const [path, body] of things) await api.request('POST', path, body);
}
