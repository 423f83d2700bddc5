import type { Page } from 'playwright-core';
import type { StreamWithKey } from '#contracts';
import type { Camera } from './camera.ts';
import type { Studio } from './studio.ts';

export const STREAM = 'Friday show';
/** In the picture instead of a key, which would be another one each time. */
const KEY_SHOWN = 'fc_the-key-of-your-own-stream-is-shown-here-once';

/** From the link that the terminal prints to three platforms that are live. */
export async function showFirstRun(studio: Studio, camera: Camera): Promise<void> {
  const { page } = camera;
  const heading = (name: string) => page.getByRole('heading', { name }).waitFor();
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await page.goto(studio.setUpLink);
  await page.getByLabel('E-mail').fill('ann@example.com');
  await page.getByLabel('Password').fill('a sentence to remember');
  await camera.shoot('set-up');
  await press('Create account');
  await heading('Name your stream');
  await page.getByLabel('Name').fill(STREAM);
  await camera.shoot('welcome-name');
  const key = await hideNextKey(page);
  await press('Create stream');
  await heading('Point OBS here');
  const server = await page.locator('.copy-line input').first().inputValue();
  await camera.shoot('welcome-encoder');
  await press('Next: destinations');
  await heading('Where should it go?');
  await addDestinations(studio);
  await page.getByRole('list', { name: 'Destinations so far' }).getByText('Kick').waitFor();
  await camera.shoot('welcome-destinations');
  await press('Next: go live');
  await studio.encode(`${server}/${key()}`);
  await page.getByText('You are live on 3 platforms').waitFor();
  await page.getByText(/1280 × 720/).waitFor();
  const rows = page.getByRole('list', { name: 'Destinations' }).getByRole('listitem');
  for (const row of await rows.all()) await row.getByText(/^[1-9][\d,]* kbit/).waitFor();
  await camera.shoot('welcome-live');
}

/** The page is given another key than the one that was made; the answer has that. */
async function hideNextKey(page: Page): Promise<() => string> {
  let key = '';
  await page.route('**/api/v1/streams', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const response = await route.fetch();
    const stream = (await response.json()) as StreamWithKey;
    key = stream.ingest.streamKey;
    const json = { ...stream, ingest: { ...stream.ingest, streamKey: KEY_SHOWN } };
    return route.fulfill({ response, json });
  });
  return () => key;
}

async function addDestinations({ api, platform, shaky, strict }: Studio): Promise<void> {
  const { body } = await api.request<{ items: { id: string }[] }>('GET', '/streams');
  const wishes = [
    { name: 'YouTube', platform: 'youtube', url: platform.url, streamKey: 'a-key-of-youtube' },
    { name: 'Twitch', platform: 'twitch', url: strict.url, streamKey: 'a-key-of-twitch' },
    { name: 'Kick', platform: 'kick', url: shaky.url, streamKey: 'a-key-of-kick' },
  ];
  for (const wish of wishes) await api.addDestination(body.items[0]?.id ?? '', wish);
}
