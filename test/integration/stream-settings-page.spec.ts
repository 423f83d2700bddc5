import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import { openLive } from '#live';
import type { Live } from '#live';
import { readPublishLink } from '#vault';
import { axeOf } from '../axe.ts';
import type { OpenPage } from '../browser.ts';
import { fits } from '../page-width.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { PlayedRelay } from './played-relay.ts';
import { openAsMember, openAsOwner } from './signed-in-page.ts';

/** Longer than anything here takes, shorter than the case's own deadline. */
const waitMs = 10_000;
const narrowPixels = 320;
const zone = 'Europe/Berlin';

describe('the settings of a stream', () => {
  let api: ApiUnderTest;
  let live: Live;
  let browser: OpenPage;
  let page: Page;
  let id: string;

  const asked = async (method: string, path: string, body?: object): Promise<unknown> => {
    const options = { headers: asBootstrap, ...(body !== undefined && { body }) };
    const answer = await api.call(method, `/api/v1${path}`, options);
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const statusOf = async (path: string): Promise<number> =>
    (await api.call('GET', `/api/v1${path}`, { headers: asBootstrap })).status;
  const streamNow = () => asked('GET', `/streams/${id}`);
  const place = () => `${api.url}/streams/${id}/settings`;

  beforeAll(async () => {
    api = await startApi();
    live = openLive({ url: api.redis.url, onFault: () => undefined });
    ({ id } = (await asked('POST', '/streams', { name: 'Friday show' })) as { id: string });
    await asked('POST', `/streams/${id}/destinations`, {
      name: 'Main',
      url: 'rtmp://93.184.215.14/live',
      streamKey: 'key-of-the-spec',
    });
    browser = await openAsOwner(api, waitMs);
    ({ page } = browser);
    await page.goto(place());
  });

  afterAll(async () => {
    live.close();
    await browser.close();
    await api.close();
  });

  const part = (name: string) => page.getByRole('region', { name, exact: true });
  const dialog = () => page.getByRole('dialog').last();
  const question = () => page.getByRole('alertdialog');
  const said = (words: string) => page.getByText(words, { exact: true }).first().waitFor();

  it('add a schedule in a time zone, say when it comes, and turn it off', async () => {
    await page.getByRole('heading', { level: 1, name: 'Settings of Friday show' }).waitFor();
    const schedules = part('Schedules');
    await schedules.getByText('None yet').waitFor();
    await schedules.getByRole('button', { name: 'Add a schedule' }).click();
    await dialog().getByLabel('Name').fill('Evening');
    await dialog().getByLabel('Friday', { exact: true }).check();
    await dialog().getByLabel('Begins at').fill('20:15');
    await dialog().getByLabel('Time zone').fill('Nowhere');
    await dialog().getByRole('button', { name: 'Add', exact: true }).click();
    await dialog().getByText('This time zone is not known').waitFor();
    await dialog().getByLabel('Time zone').fill(zone);
    await dialog().getByRole('button', { name: 'Add', exact: true }).click();
    await schedules.getByText(`Friday at 20:15 (${zone}), 60 min`).waitFor();
    await schedules.getByText('Next: ').waitFor();
    await schedules.getByRole('button', { name: 'Turn off Evening' }).click();
    await schedules.getByText('Off.').waitFor();
    const [row] = await api.database.query(
      'SELECT count(*)::int AS edges FROM schedule_edges WHERE destination_id IS NOT NULL',
    );
    expect(row).toEqual({ edges: 2 });
  });

  it('revoke a key after a question', async () => {
    const keys = part('Keys').getByRole('list', { name: 'Keys' }).getByRole('listitem');
    const backup = keys.filter({ hasText: 'Backup key' });
    await backup.getByRole('button', { name: /^Revoke the key that ends in / }).click();
    await question().getByText('disconnected at once').waitFor();
    await question().getByRole('button', { name: 'Revoke the key' }).click();
    await backup.waitFor({ state: 'detached' });
    expect(await keys.count()).toBe(1);
  });

  it('make a key beside the present one, and show it once', async () => {
    const keys = part('Keys').getByRole('list', { name: 'Keys' }).getByRole('listitem');
    await part('Keys').getByRole('button', { name: 'New stream key' }).click();
    await dialog().getByLabel('The present key ends').selectOption('In an hour');
    await dialog().getByRole('button', { name: 'Make a new key' }).click();
    const key = await dialog().getByLabel('Stream key', { exact: true }).inputValue();
    expect(key).toMatch(/^fc_.{20,}$/);
    await dialog().getByRole('button', { name: 'Done' }).click();
    await keys
      .filter({ hasText: key.slice(-4) })
      .getByText('until it is replaced')
      .waitFor();
    await keys.getByText(/^Until /).waitFor();
    expect(await page.content()).not.toContain(key);
  });

  it('give the address of the dock, which opens nothing by itself', async () => {
    const address = part('Dock for OBS').getByLabel('Dock address', { exact: true });
    expect(await address.inputValue()).toBe(`${api.url}/dock/${id}`);
  });

  it('change how it behaves', async () => {
    const general = part('General');
    await general.getByLabel('Wait for a lost encoder').fill('300');
    await general.getByLabel('End at once').check();
    await general.getByLabel('A second encoder').selectOption('It is refused');
    await general.getByRole('button', { name: 'Save' }).click();
    await said('Saved.');
    expect(await streamNow()).toMatchObject({
      name: 'Friday show',
      graceSeconds: 300,
      endOnUnpublish: true,
      takeover: 'reject',
    });
  });

  it('show what somebody else has changed meanwhile, and let one choose', async () => {
    const general = part('General');
    const name = general.getByLabel('Name', { exact: true });
    await asked('PATCH', `/streams/${id}`, { name: 'Their show', graceSeconds: 20 });
    await name.fill('My show');
    await general.getByRole('button', { name: 'Save' }).click();
    await general.getByText('Somebody else changed this while you were writing').waitFor();
    expect(await general.getByRole('alert').getByRole('listitem').allTextContents()).toEqual([
      'Its name is “Their show”.',
      'A lost encoder is waited for 20 s.',
    ]);
    expect(await name.inputValue()).toBe('My show');
    await general.getByRole('button', { name: 'Take theirs' }).click();
    expect(await name.inputValue()).toBe('Their show');
    await asked('PATCH', `/streams/${id}`, { name: 'Their other show' });
    await name.fill('Friday show');
    await general.getByRole('button', { name: 'Save' }).click();
    await general.getByRole('button', { name: 'Save mine all the same' }).click();
    await general.getByRole('button', { name: 'Save', exact: true }).waitFor();
    expect(await streamNow()).toMatchObject({ name: 'Friday show', graceSeconds: 20 });
  });

  it('take a slate, show it, and remove it', async () => {
    const slate = part('Slate');
    const buffer = await page.screenshot();
    await slate
      .getByLabel('Slate', { exact: true })
      .setInputFiles({ name: 'slate.png', mimeType: 'image/png', buffer });
    await slate.getByRole('button', { name: 'Use this picture' }).click();
    const picture = slate.getByRole('img', { name: 'The present slate' });
    await picture.waitFor();
    const width = () => page.evaluate<number>(`document.querySelector('img.slate').naturalWidth`);
    await expect.poll(width, { timeout: waitMs }).toBeGreaterThan(0);
    await slate.getByRole('button', { name: 'Remove the slate' }).click();
    await slate.getByText('None yet').waitFor();
    expect(await statusOf(`/streams/${id}/slate`)).toBe(404);
  });

  it('make a key for a guest, and revoke it with all others', async () => {
    const guests = part('Guest keys');
    await guests.getByLabel('It can be used within').selectOption('a day');
    await guests.getByRole('button', { name: 'Make a guest key' }).click();
    const key = await dialog().getByLabel('Guest key', { exact: true }).inputValue();
    const link = readPublishLink(new Secret(key));
    expect(link).toMatchObject({ once: true, input: 'primary' });
    const leftMs = (link?.expiresAtS ?? 0) * 1_000 - Date.now();
    expect(Math.abs(leftMs - 86_400_000)).toBeLessThan(60_000);
    await dialog().getByRole('button', { name: 'Done' }).click();
    expect(await page.content()).not.toContain(key);
    await guests.getByRole('button', { name: 'Revoke all guest keys' }).click();
    await question().getByRole('button', { name: 'Revoke all guest keys' }).click();
    await said('No guest key works any more.');
  });

  it('say which address they do not understand, and keep those that they do', async () => {
    const rules = part('Who may publish');
    const ranges = rules.getByLabel('Addresses that encoders may come from');
    await ranges.fill('203.0.113.0/24, nowhere');
    await rules.getByRole('button', { name: 'Save the rules' }).click();
    await rules.locator('.fault').getByText('nowhere').waitFor();
    await ranges.fill('203.0.113.0/24\n192.0.2.7');
    await rules.getByLabel('kbit/s at most').fill('12000');
    await rules.getByRole('button', { name: 'Save the rules' }).click();
    await rules.locator('.fault').waitFor({ state: 'detached' });
    await expect
      .poll(() => asked('GET', `/streams/${id}/ingest-rules`), { timeout: waitMs })
      .toMatchObject({ allowedCidrs: ['203.0.113.0/24', '192.0.2.7'], kbpsMax: 12_000 });
  });

  it('do not take one’s own change of the rules for somebody else’s', async () => {
    const general = part('General');
    await general.getByLabel('Wait for a lost encoder').fill('30');
    await general.getByRole('button', { name: 'Save' }).click();
    await expect.poll(streamNow, { timeout: waitMs }).toMatchObject({ graceSeconds: 30 });
    expect(await general.getByRole('alert').count()).toBe(0);
  });

  it('ask a server of one’s own, whose secret is shown once', async () => {
    const callback = part('Ask your server');
    const address = callback.getByLabel('Address of your server');
    await address.fill('https://127.0.0.1/may-they');
    await callback.getByRole('button', { name: 'Ask this server' }).click();
    await callback.locator('.fault').waitFor();
    await address.fill('https://1.1.1.1/may-they');
    await callback.getByRole('button', { name: 'Ask this server' }).click();
    const secret = await dialog().getByLabel('Secret', { exact: true }).inputValue();
    await dialog().getByRole('button', { name: 'Done' }).click();
    expect(secret).toMatch(/^whsec_/);
    expect(await page.content()).not.toContain(secret);
    await callback.getByRole('button', { name: 'Ask nobody' }).click();
    await said('No server is asked any more.');
    expect(await address.inputValue()).toBe('');
  });

  it('are led to by their part', async () => {
    await page.goto('about:blank');
    await page.goto(`${place()}#keys`);
    const focused = () => page.locator(':focus').textContent();
    await expect.poll(focused, { timeout: waitMs }).toBe('Keys');
  });

  it('ask first before what viewers would notice', async () => {
    const relay = new PlayedRelay(live, id);
    await relay.say('', 'live', 0, { pushes: [] });
    await page.reload();
    await part('Keys').getByRole('button', { name: 'New stream key' }).click();
    expect(await dialog().getByLabel('The present key ends').inputValue()).toBe('3600');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await relay.say('', 'live', 0, { pushes: [] });
    await part('Who may publish').getByRole('button', { name: 'Save the rules' }).click();
    await question().getByText('is disconnected').waitFor();
    await question().getByRole('button', { name: 'Keep' }).click();
    await part('Delete').getByRole('button').click();
    await question().getByText('It is live: the broadcast ends now').waitFor();
    await question().getByRole('button', { name: 'Keep' }).click();
    expect(await statusOf(`/streams/${id}`)).toBe(200);
  });

  it.each(['light', 'dark'] as const)('fit a narrow phone in %s colours', async (colorScheme) => {
    await page.setViewportSize({ width: narrowPixels, height: 800 });
    await page.emulateMedia({ colorScheme });
    await expect.poll(() => page.locator('main .quiet-start').count()).toBe(0);
    await fits(page, narrowPixels);
    expect(await axeOf(page)).toEqual([]);
  });

  it('are seen by a viewer, and changed by none', async () => {
    const theirs = await openAsMember(api, waitMs, 'viewer');
    await theirs.page.goto(place());
    await theirs.page.getByText('Encoders may come from 203.0.113.0/24').waitFor();
    await theirs.page.getByText('Friday at 20:15').waitFor();
    expect(await theirs.page.getByLabel('Name', { exact: true }).isDisabled()).toBe(true);
    const main = theirs.page.getByRole('main');
    const buttons = await main.getByRole('button').allTextContents();
    expect(buttons.filter((words) => words !== 'Copy')).toEqual([]);
    expect(theirs.faults).toEqual([]);
    await theirs.close();
  });

  it('end with the stream, which is named once more', async () => {
    await page.getByRole('button', { name: 'Delete Friday show' }).click();
    await question().getByText('Its history stays').waitFor();
    await question().getByRole('button', { name: 'Delete Friday show' }).click();
    await said('Friday show was deleted.');
    expect(await statusOf(`/streams/${id}`)).toBe(404);
    await page.goto(place());
    await page.getByRole('heading', { name: 'There is no such stream' }).waitFor();
    expect(browser.faults).toEqual([]);
  });
});
