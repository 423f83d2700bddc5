import type { Camera } from './camera.ts';
import type { Studio } from './studio.ts';

/** What is not of this minute: what was, who is here, and what runs it all. */
export async function showHouse(studio: Studio, camera: Camera): Promise<void> {
  await furnish(studio);
  const { page } = camera;
  await camera.enter('/history', 'History');
  const newest = page.getByRole('list').getByRole('link').first();
  await newest.waitFor();
  await page.getByText('Loading…').waitFor({ state: 'detached' });
  await camera.shoot('history');
  await newest.click();
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  await page.locator('canvas').first().waitFor();
  await camera.shoot('broadcast');
  for (const [name, path, heading] of ROOMS) {
    await camera.enter(path, heading);
    await page.getByText('Loading…').waitFor({ state: 'detached' });
    await camera.shoot(name);
  }
}

const ROOMS = [
  ['people', '/people', 'People and tokens'],
  ['notices', '/webhooks', 'Notices'],
  ['audit', '/audit', 'Audit log'],
  ['usage', '/usage', 'Usage'],
  ['account', '/account', 'Account'],
  ['admin-workspaces', '/admin/workspaces', 'Administration'],
  ['admin-users', '/admin/users', 'Administration'],
  ['admin-platforms', '/admin/platforms', 'Administration'],
  ['admin-settings', '/admin/settings', 'Administration'],
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
