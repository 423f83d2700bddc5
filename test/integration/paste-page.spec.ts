import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FirstAdministrator } from '../../apps/api/src/auth/first-administrator.ts';
import { openPage } from '../browser.ts';
import type { OpenPage } from '../browser.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

/** Longer than anything here takes, shorter than the case's own deadline. */
const waitMs = 10_000;
const KEY = 'FB-12-0-canary9?s_bl=1&a=x%2F7413';

describe('the paste box', () => {
  let api: ApiUnderTest;
  let browser: OpenPage;
  let page: Page;

  beforeAll(async () => {
    api = await startApi();
    browser = await openPage(waitMs);
    ({ page } = browser);
    await page.goto(api.url + (await api.app.get(FirstAdministrator).prepare()));
    await page.getByLabel('E-mail').fill('owner@example.com');
    await page.getByLabel('Password').fill('a sentence to remember');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('link', { name: 'Do this later' }).click();
    await page.getByRole('button', { name: 'Create stream' }).click();
    await page.getByLabel('Name').fill('Friday show');
    await page.getByRole('dialog').getByRole('button', { name: 'Create stream' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  const box = () => page.getByLabel('Paste what the platform shows');
  /** As a browser does it; in its own words, which are not those of Node. */
  const paste = (text: string) =>
    page.evaluate(`{
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', ${JSON.stringify(text)});
      const how = { clipboardData, bubbles: true, cancelable: true };
      document.querySelector('textarea').dispatchEvent(new ClipboardEvent('paste', how));
    }`);
  const split = () => page.getByRole('region', { name: 'How it was read' });

  it('waits until the platforms are known', async () => {
    const held = Promise.withResolvers<void>();
    await page.route('**/api/v1/platforms', async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.reload();
    await page.getByRole('button', { name: 'Add destination' }).click();
    await page.getByText('Loading…').waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    held.resolve();
    await page.getByRole('dialog').waitFor();
    await expect.poll(() => page.locator(':focus').getAttribute('rows')).toBe('2');
  });

  it('says what is missing, and keeps what was pasted', async () => {
    await paste('rtmp://live.twitch.tv/app');
    await page.getByText('The stream key is missing').waitFor();
    expect(await box().inputValue()).toBe('rtmp://live.twitch.tv/app');
  });

  it('reads the key that is pasted after the server, and says what to look at', async () => {
    await paste('live_123_abcdefgh');
    await split().getByText('live.twitch.tv, port 1935, not encrypted').waitFor();
    await split().getByText('Twitch has RTMPS too').waitFor();
    expect(await page.getByLabel('Platform', { exact: true }).inputValue()).toBe('twitch');
    expect(await page.getByLabel('Name').inputValue()).toBe('Twitch');
  });

  it('lists the regions of the platform, and takes another', async () => {
    await page.getByLabel('Region').selectOption({ label: 'Tokyo, without encryption' });
    expect(await page.getByLabel('Server URL').inputValue()).toBe('rtmp://live-tyo.twitch.tv/app');
    await page.getByLabel('Server URL').fill('rtmp://elsewhere.example/app');
    expect(await page.getByLabel('Region').inputValue()).toBe('');
  });

  it('shows host, app and the end of the key, and the whole key nowhere', async () => {
    await box().fill(`rtmps://live-api-s.facebook.com:443/rtmp/${KEY}`);
    await page.getByRole('button', { name: 'Fill in' }).click();
    await split().getByText('live-api-s.facebook.com, port 443, encrypted').waitFor();
    await split().getByText('rtmp', { exact: true }).waitFor();
    await split().getByText('•••• 7413').waitFor();
    expect(await box().inputValue()).toBe('');
    expect(await page.content()).not.toContain('canary9');
  });

  it('saves what was pasted', async () => {
    await page.getByLabel('Name').fill('Page');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Add destination' }).click();
    await dialog.waitFor({ state: 'detached' });
    const streams = await api.call('GET', '/api/v1/streams', { headers: asBootstrap });
    const [stream] = ((await streams.json()) as { items: Array<{ id: string }> }).items;
    const path = `/api/v1/streams/${stream?.id}/destinations`;
    const made = await api.call('GET', path, { headers: asBootstrap });
    expect(await made.json()).toMatchObject({
      items: [
        {
          name: 'Page',
          platform: 'facebook',
          url: 'rtmps://live-api-s.facebook.com:443/rtmp',
          keyHint: '7413',
        },
      ],
    });
    expect(api.log.join('\n')).not.toContain('canary9');
  });

  it('leads to the page where the key is', async () => {
    await page.getByRole('button', { name: 'Add destination' }).click();
    await page.getByLabel('Platform', { exact: true }).selectOption('twitch');
    const link = page.getByRole('link', { name: 'Where is my key?' });
    expect(await link.getAttribute('href')).toBe('https://dashboard.twitch.tv/settings/stream');
    await page.getByLabel('Platform', { exact: true }).selectOption('custom');
    await link.waitFor({ state: 'detached' });
  });

  it('asks for no server and no key of the test destination', async () => {
    await page.getByLabel('Platform', { exact: true }).selectOption('test');
    expect(await page.getByLabel('Server URL').count()).toBe(0);
    expect(await page.getByLabel('Stream key').count()).toBe(0);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Add destination' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Settings of Test (nobody sees it)' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Add destination' }).click();
  });

  it('fits a phone without scrolling sideways', async () => {
    await paste(`rtmps://live-api-s.facebook.com:443/rtmp/${KEY}`);
    await split().waitFor();
    await page.setViewportSize({ width: 360, height: 740 });
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(360);
  });

  it('has run without a fault and without offending its policy', () => {
    expect(browser.faults).toEqual([]);
  });
});
