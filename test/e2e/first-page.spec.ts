import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaSource, NginxRtmp, publishWithFfmpeg } from '#testing';
import { openPage } from '../browser.ts';
import type { OpenPage } from '../browser.ts';
import { Forkcast } from './forkcast.ts';

/** Reconnecting takes a while by design. */
const stepMs = 30_000;

/** As a creator meets it: nothing but the terminal's link, the page, and an encoder. */
describe('from the set-up link to being live, on the page alone', () => {
  let forkcast: Forkcast;
  let nginx: NginxRtmp;
  let browser: OpenPage;
  let page: Page;
  let publisher: ReturnType<typeof publishWithFfmpeg> | undefined;

  beforeAll(async () => {
    forkcast = await Forkcast.start();
    nginx = await NginxRtmp.start(join(forkcast.directory, 'nginx'));
    browser = await openPage(stepMs);
    ({ page } = browser);
  });

  afterAll(async () => {
    await publisher?.stop();
    await browser.close();
    await nginx.stop();
    await forkcast.close();
  });

  const dialog = () => page.getByRole('dialog');
  const row = () => page.getByRole('listitem').filter({ hasText: 'Main channel' });
  let address = '';

  it('sets up by the link that the terminal shows', async () => {
    const link = /http:\/\/\S+\/setup\?token=\S+/.exec(forkcast.output)?.[0];
    await page.goto(link ?? 'about:blank');
    await page.getByLabel('E-mail').fill('owner@example.com');
    await page.getByLabel('Password').fill('a sentence to remember');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('Create your first stream').waitFor();
  });

  it('shows where to publish', async () => {
    await page.getByLabel('Name').fill('Friday show');
    await page.getByRole('button', { name: 'Create stream' }).click();
    await page.getByRole('heading', { name: 'Point OBS here' }).waitFor();
    const server = await page.locator('.copy-line input').first().inputValue();
    const key = await page.getByLabel('Stream key', { exact: true }).inputValue();
    // The one that OBS takes as it is.
    expect(server).toMatch(/^rtmp:/);
    address = `${server}/${key}`;
    await page.getByRole('button', { name: 'Next: destinations' }).click();
  });

  it('adds a destination', async () => {
    await page.getByRole('button', { name: 'Other server' }).click();
    await page.getByLabel('Name').fill('Main channel');
    await page.getByLabel('Server URL').fill(nginx.url);
    await page.getByLabel('Stream key').fill('some-key?with=more');
    await dialog().getByRole('button', { name: 'Add destination' }).click();
    await page.getByRole('button', { name: 'Next: go live' }).click();
    await row().getByText('Awaiting stream').waitFor();
  });

  it('says that it is live, and how much of it', async () => {
    publisher = publishWithFfmpeg({ url: address, file: await mediaSource() });
    await page.getByText('We see your encoder').waitFor();
    await page.getByText('You are live on 1 platform').waitFor();
    await page.getByRole('link', { name: 'Open the live room' }).click();
    await row().getByText('Live', { exact: true }).waitFor();
    await row()
      .getByText(/^[\d,]{3,} kbit\/s$/)
      .waitFor();
    await page.getByText(/640 × 360/).waitFor();
  });

  it('says that the destination is away, and that it is back', async () => {
    await nginx.kill();
    await row().getByText('Reconnecting').waitFor();
    await nginx.start();
    await row().getByText('Live', { exact: true }).waitFor();
  });

  it('stops it when asked, and asked again', async () => {
    await page.getByRole('button', { name: 'Stop Main channel' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Stop' }).click();
    await row().getByText('Off', { exact: true }).waitFor();
  });

  it('says that the encoder is away', async () => {
    await publisher?.stop();
    await page.getByText('Encoder away, holding').waitFor();
  });

  it('has run without a fault and without offending its policy', () => {
    expect(browser.faults).toEqual([]);
  });
});
