import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaSource, NginxRtmp, publishWithFfmpeg } from '#testing';
import { openPage } from '../browser.ts';
import type { OpenPage } from '../browser.ts';
import { keyboardOnly, pressAt, writeAt } from '../keyboard.ts';
import { Forkcast } from './forkcast.ts';

const stepMs = 30_000;
const DESTINATIONS = ['Main channel', 'Second channel', 'Archive'];

/**
 * As a creator meets it: nothing but the terminal's link, the page and an encoder; and as one meets
 * it who has no mouse.
 */
describe('from the set-up link to three green rows, by keyboard alone', () => {
  let forkcast: Forkcast;
  let nginx: NginxRtmp;
  let browser: OpenPage;
  let page: Page;
  let publisher: ReturnType<typeof publishWithFfmpeg> | undefined;
  let address = '';

  beforeAll(async () => {
    forkcast = await Forkcast.start();
    nginx = await NginxRtmp.start(join(forkcast.directory, 'nginx'));
    browser = await openPage(stepMs);
    page = keyboardOnly(browser.page);
  });

  afterAll(async () => {
    await publisher?.stop();
    await browser.close();
    await nginx.stop();
    await forkcast.close();
  });

  const press = (name: string) => pressAt(page, page.getByRole('button', { name, exact: true }));
  const write = (label: string, text: string) =>
    writeAt(page, page.getByLabel(label, { exact: true }), text);
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });
  const dialog = () => page.getByRole('dialog');
  const rows = () => page.getByRole('list', { name: 'Destinations' }).getByRole('listitem');

  it('sets up by the link that the terminal shows', async () => {
    const link = /http:\/\/\S+\/setup\?token=\S+/.exec(forkcast.output)?.[0];
    await page.goto(link ?? 'about:blank');
    await write('E-mail', 'owner@example.com');
    await write('Password', 'a sentence to remember');
    await page.keyboard.press('Enter');
    await heading('Name your stream').waitFor();
  });

  it('names the stream, and reads where the encoder should point', async () => {
    await write('Name', 'Friday show');
    await press('Create stream');
    await heading('Point OBS here').waitFor();
    const server = await page.locator('.copy-line input').first().inputValue();
    const key = await page.getByLabel('Stream key', { exact: true }).inputValue();
    // The one that OBS takes as it is.
    expect(server).toMatch(/^rtmp:/);
    address = `${server}/${key}`;
    await press('Next: destinations');
  });

  it.each(DESTINATIONS)('adds %s', async (name) => {
    await heading('Where should it go?').waitFor();
    await press('Other server');
    await writeAt(page, dialog().getByLabel('Name', { exact: true }), name);
    await writeAt(page, dialog().getByLabel('Server URL', { exact: true }), nginx.url);
    const key = `${name.toLowerCase().replace(' ', '-')}?with=more`;
    await writeAt(page, dialog().getByLabel('Stream key', { exact: true }), key);
    await pressAt(page, dialog().getByRole('button', { name: 'Add destination', exact: true }));
    await dialog().waitFor({ state: 'detached' });
    await page.getByRole('list', { name: 'Destinations so far' }).getByText(name).waitFor();
  });

  it('sees the encoder, and each destination turns green', async () => {
    await press('Next: go live');
    await expect.poll(() => rows().getByText('Awaiting stream').count()).toBe(3);
    publisher = publishWithFfmpeg({ url: address, file: await mediaSource(), endless: true });
    await page.getByText('We see your encoder').waitFor();
    await page.getByText('You are live on 3 platforms').waitFor();
    await expect.poll(() => rows().getByText('Live', { exact: true }).count()).toBe(3);
  });

  it('goes on to the room, which says so, too', async () => {
    await pressAt(page, page.getByRole('link', { name: 'Open the live room' }));
    for (const name of DESTINATIONS) {
      // The charts have a list that names them, too.
      const isRow = { has: page.getByRole('heading', { name }) };
      const row = page.getByRole('listitem').filter(isRow);
      await row.getByText('Live', { exact: true }).waitFor();
      await row.getByText(/^[\d,.]+ [kM]bit\/s$/).waitFor();
    }
    await page.getByText(/640 × 360/).waitFor();
  });

  it('has run without a fault and without offending its policy', () => {
    expect(browser.faults).toEqual([]);
  });

  it('cannot have used the mouse', () => {
    expect(() => page.getByRole('button').first().click()).toThrow('keyboard');
    expect(() => page.mouse).toThrow('keyboard');
  });
});
