import { setTimeout as delay } from 'node:timers/promises';
import type { Destination } from '#contracts';
import type { Camera } from './camera.ts';
import { STREAM } from './first-run.ts';
import type { Studio } from './studio.ts';

/** So long is looked at what is well, for charts that show something. */
const WELL_MS = 120_000;
const PHONE = { width: 390, height: 844 };
const DOCK = { width: 320, height: 640 };

interface Named {
  readonly id: string;
  readonly name: string;
}

/** The room of a stream: well, in trouble, without its encoder, on a phone, in the dark, in OBS. */
export async function showLive(studio: Studio, camera: Camera): Promise<void> {
  const { api } = studio;
  const { page } = camera;
  const list = async <Item>(path: string): Promise<readonly Item[]> =>
    (await api.request<{ items: readonly Item[] }>('GET', path)).body.items;
  const [stream] = await list<Named>('/streams');
  const id = stream?.id ?? '';
  const destinations = await list<Destination>(`/streams/${id}/destinations`);
  const [, twitch, kick] = destinations;
  if (twitch === undefined || kick === undefined) throw new Error('there are no destinations');

  await camera.enter(`/streams/${id}`, STREAM);
  await page.getByRole('button', { name: 'Show the picture' }).click();
  await page.locator('video').waitFor();
  await delay(WELL_MS);
  await camera.shoot('room');
  await camera.shoot('room-dark', { scheme: 'dark' });
  await camera.shoot('room-phone', { size: PHONE });

  await api.request('PATCH', `/destinations/${twitch.id}`, { streamKey: studio.spentKey });
  await studio.shaky.kill();
  await studio.push(twitch, 'needs_attention');
  await studio.push(kick, 'retrying');
  await page.getByText('Needs you').first().waitFor();
  await camera.shoot('room-trouble');
  await api.request('PATCH', `/destinations/${twitch.id}`, { streamKey: 'a-key-of-twitch' });
  await studio.shaky.start();
  await studio.push(twitch, 'live');
  await studio.push(kick, 'live');

  await camera.enter(`/dock/${id}`, STREAM);
  await camera.shoot('dock', { size: DOCK });
  await camera.enter('/streams', STREAM);
  await camera.shoot('streams');
  await camera.enter('/admin/system', 'Lane 0');
  await camera.shoot('admin-system');

  await camera.enter(`/streams/${id}`, STREAM);
  await studio.stopEncoder();
  await studio.stream(id, 'grace');
  await page.getByText('Encoder away, protected').first().waitFor();
  await page
    .getByText(/kbit\/s before/)
    .first()
    .waitFor();
  await camera.shoot('room-hold');
  await camera.enter(`/streams/${id}/settings`, STREAM);
  await camera.shoot('settings');
  await api.endBroadcast(id);
  await studio.stream(id, 'offline');
}
