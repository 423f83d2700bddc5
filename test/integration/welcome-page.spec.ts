import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputStatus } from '#contracts';
import { openLive } from '#live';
import type { Live } from '#live';
import { FirstAdministrator } from '../../apps/api/src/auth/first-administrator.ts';
import { axeOf, reachedByTab } from '../axe.ts';
import { openPage } from '../browser.ts';
import type { OpenPage } from '../browser.ts';
import { fits } from '../page-width.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { PlayedRelay } from './played-relay.ts';

/** Longer than anything here takes, shorter than the case's own deadline. */
const waitMs = 10_000;
const narrowPixels = 320;
const widePixels = 1_100;
const PLATFORM_KEY = 'live_1_key-of-the-platform';

const input: InputStatus = {
  connectedAt: '2026-01-01T12:00:00.000Z',
  protocol: 'rtmp',
  encoder: 'OBS 31',
  kbps: 6_000,
  video: null,
  audio: null,
  warnings: [],
  health: 'well',
};
const inputs = { primary: input, backup: null };
const encoderOn = { ingest: input, activeInput: 'primary', inputs } as const;

/** The buttons that stick out of the card that they stand in. */
const outsideItsCard = `[...document.querySelectorAll('.card .button')]
  .filter((each) => {
    const [inner, outer] = [each, each.closest('.card')].map((one) => one.getBoundingClientRect());
    return inner.left < outer.left + 16 || inner.right > outer.right - 16;
  })
  .map((each) => each.textContent)`;

describe('the way from the set-up link to being live', () => {
  let api: ApiUnderTest;
  let live: Live;
  let browser: OpenPage;
  let page: Page;
  let key = '';

  beforeAll(async () => {
    api = await startApi();
    live = openLive({ url: api.redis.url, onFault: () => undefined });
    browser = await openPage(waitMs);
    ({ page } = browser);
  });
  afterAll(async () => {
    await browser.close();
    live.close();
    await api.close();
  });

  const heading = (name: string) => page.getByRole('heading', { name, level: 2 });
  const focused = () => page.locator(':focus').textContent();
  const path = () => new URL(page.url()).pathname;
  const itemsOf = async (of: string) => {
    const answer = await api.call('GET', `/api/v1${of}`, { headers: asBootstrap });
    return ((await answer.json()) as { items: Array<{ id: string; platform?: string }> }).items;
  };
  const streamId = async (): Promise<string> => (await itemsOf('/streams'))[0]!.id;
  /** At both widths: nothing is cut off, and nobody is kept out. */
  const looksWell = async (): Promise<void> => {
    for (const width of [narrowPixels, widePixels]) {
      await page.setViewportSize({ width, height: 800 });
      await fits(page, width);
      expect(await page.evaluate(outsideItsCard)).toEqual([]);
      expect(await axeOf(page)).toEqual([]);
    }
  };
  const keepsTheKey = async (): Promise<void> => {
    const kept = await page.evaluate<string>(
      `JSON.stringify([
        location.href, document.title, history.state, { ...localStorage }, { ...sessionStorage },
      ])`,
    );
    expect(kept).not.toContain(key);
  };

  it('begins by itself where there is no stream', async () => {
    await page.goto(api.url + (await api.app.get(FirstAdministrator).prepare()));
    await page.getByLabel('E-mail').fill('owner@example.com');
    await page.getByLabel('Password').fill('a sentence to remember');
    await page.getByRole('button', { name: 'Create account' }).click();
    await heading('Name your stream').waitFor();
    expect(path()).toBe('/welcome');
    await looksWell();
  });

  it('says at its field what is wrong with a name', async () => {
    await page.getByLabel('Name').fill(' ');
    await page.getByRole('button', { name: 'Create stream' }).click();
    await page.locator('input[name=name][aria-invalid=true]').waitFor();
  });

  it('makes the stream by keyboard, and shows where OBS should point', async () => {
    await page.getByLabel('Name').fill('Friday show');
    await page.keyboard.press('Enter');
    await heading('Point OBS here').waitFor();
    await expect.poll(focused).toBe('Point OBS here');
    const place = `/welcome/${await streamId()}`;
    await expect.poll(path).toBe(place);
    key = await page.getByLabel('Stream key', { exact: true }).inputValue();
    expect(key).toMatch(/^fc_.{20,}$/);
    await page.getByRole('img', { name: /^OBS, Settings, Stream/ }).waitFor();
    expect(await page.locator('svg.obs-picture').textContent()).not.toContain(key);
    await keepsTheKey();
    await looksWell();
  });

  it('offers plain RTMP first on this machine, and says why', async () => {
    expect(await page.locator('.copy-line label').allTextContents()).toEqual([
      'Server (RTMP)',
      'Stream key',
      'Server (RTMPS)',
    ]);
    await page.getByText('self-made certificate, which OBS refuses').waitFor();
  });

  it('says that an encoder came with a wrong key, and from where', async () => {
    const address = '192.168.1.5';
    const at = new Date(Date.now() - 20_000).toISOString();
    await live.presence.announceNode({
      nodeId: 'node',
      startedAt: at,
      lanes: 1,
      streams: 0,
      refusedPublishes: [{ at, address, reason: 'wrong-key' }],
    });
    await page.getByText(`An encoder at ${address} tried with a wrong key 2`).waitFor();
    await live.presence.withdrawNode('node');
  });

  it('can be left; then the key is gone, and a new one can be made', async () => {
    await page.getByRole('link', { name: 'Do this later' }).click();
    await page.getByRole('heading', { name: 'Friday show' }).waitFor();
    await page.getByRole('link', { name: 'Set it up step by step' }).click();
    await page.getByText(`•••• ${key.slice(-4)}`).waitFor();
    expect(await page.content()).not.toContain(key);
    await looksWell();
    await page.getByRole('button', { name: 'New key' }).click();
    await page.getByRole('button', { name: 'Make a new key' }).click();
    const made = await page.getByLabel('Stream key', { exact: true }).inputValue();
    expect(made).not.toBe(key);
    key = made;
    await page.reload();
    await page.getByText(`•••• ${key.slice(-4)}`).waitFor();
    expect(await page.content()).not.toContain(key);
    await keepsTheKey();
  });

  it('goes on when the encoder is seen', async () => {
    await page.getByText('Waiting for your encoder…').waitFor();
    const relay = new PlayedRelay(live, await streamId());
    await relay.say('', 'live', 0, { ...encoderOn, pushes: [] });
    await page.getByText('We see your encoder: OBS 31').waitFor();
    await heading('Where should it go?').waitFor();
    await expect.poll(focused).toBe('Where should it go?');
    const warning = 'Your encoder is on: a destination goes live as soon as you add it.';
    await page.getByText(warning).waitFor();
    await looksWell();
  });

  it('goes back to a step, and stays there', async () => {
    await page.getByRole('button', { name: 'Encoder' }).click();
    await heading('Point OBS here').waitFor();
    await page.getByText('We see your encoder: OBS 31').waitFor();
    await page.getByRole('button', { name: 'Next: destinations' }).click();
    await heading('Where should it go?').waitFor();
  });

  it('shows the usual platforms, all when asked, and those that are looked for', async () => {
    const grid = page.getByRole('list', { name: 'Platforms' }).getByRole('button');
    const names = () => grid.locator('span:not(.mark)').allTextContents();
    expect((await names()).slice(0, 4)).toEqual(['Twitch', 'YouTube', 'Kick', 'Facebook Live']);
    await page.getByRole('button', { name: /^Show all \d+$/ }).click();
    expect(await grid.count()).toBe((await itemsOf('/platforms')).length);
    await looksWell();
    await page.getByLabel('Find a platform').fill('twi');
    expect(await names()).toEqual(['Twitch', 'Other server']);
  });

  it('is reached by the Tab key from top to bottom', async () => {
    await page.getByLabel('Find a platform').fill('');
    // The browser goes on from where the focus was last.
    await page.getByRole('link', { name: 'Skip to the content' }).focus();
    const names = await reachedByTab(page);
    const wanted = [
      /Encoder, done$/,
      /Paste them here$/,
      /^Find a platform$/,
      /Twitch$/,
      /^Skip this$/,
    ];
    for (const name of wanted) expect(names).toContainEqual(expect.stringMatching(name));
  });

  it('takes what a platform shows, and names what it leads to', async () => {
    await page.getByRole('button', { name: 'Paste them here' }).click();
    const dialog = page.getByRole('dialog', { name: 'Paste what the platform shows' });
    await dialog.getByRole('textbox').first().fill('rtmp://live.example.com/app a-key-of-a-test');
    await dialog.getByRole('button', { name: 'Fill in' }).click();
    await dialog.getByRole('region', { name: 'How it was read' }).waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('live.example.com');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('adds a platform with its regions, and stays for the next one', async () => {
    await page.getByRole('button', { name: 'Twitch' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('Platform', { exact: true }).inputValue()).toBe('twitch');
    await dialog.getByLabel('Region').selectOption({ index: 1 });
    await dialog.getByRole('link', { name: 'Where is my key?' }).waitFor();
    await dialog.getByLabel('Stream key').fill(PLATFORM_KEY);
    // The encoder is on: there is no later step at which it would begin.
    await dialog.getByText('a destination goes live as soon as you add it').waitFor();
    await dialog.getByRole('button', { name: 'Add and go live' }).click();
    await dialog.waitFor({ state: 'detached' });
    const added = page.getByRole('list', { name: 'Destinations so far' });
    await added.getByText('Twitch', { exact: true }).waitFor();
    await heading('Where should it go?').waitFor();
    expect(await page.content()).not.toContain(PLATFORM_KEY);
    const [made] = await itemsOf(`/streams/${await streamId()}/destinations`);
    expect(made?.platform).toBe('twitch');
  });

  it('shows each destination as it turns green, and then that all is live', async () => {
    await page.getByRole('button', { name: 'Next: go live' }).click();
    await heading('Go live').waitFor();
    const stream = await streamId();
    const id = (await itemsOf(`/streams/${stream}/destinations`))[0]!.id;
    const relay = new PlayedRelay(live, stream);
    const row = page.getByRole('list', { name: 'Destinations' }).getByRole('listitem');
    const say = (state: 'connecting' | 'needs_attention' | 'live', kbps = 0) =>
      relay.say(id, state, kbps, encoderOn);
    await say('connecting');
    await row.getByText('Connecting').waitFor();
    await page.getByText('0 of 1 live').waitFor();
    await say('needs_attention');
    await row.getByText('The key was refused.').waitFor();
    await looksWell();
    await row.getByRole('button', { name: 'Edit key: Twitch' }).click();
    await page.getByRole('dialog', { name: 'Edit the key of Twitch' }).waitFor();
    await page.keyboard.press('Escape');
    await say('live', 6_120);
    await row.getByText('6,120 kbit/s').waitFor();
    await page.getByText('You are live on 1 platform').waitFor();
    await looksWell();
  });

  it('is where one was after a reload, and leads to the streams', async () => {
    const stream = await streamId();
    const id = (await itemsOf(`/streams/${stream}/destinations`))[0]!.id;
    await new PlayedRelay(live, stream).say(id, 'live', 6_120, encoderOn);
    await page.goto(`${api.url}/welcome`);
    await page.getByText('You are live on 1 platform').waitFor();
    await page.getByRole('link', { name: 'Open the live room' }).click();
    await page.getByRole('heading', { name: 'Friday show' }).waitFor();
    await page.goto(api.url);
    await page.getByRole('heading', { name: 'Friday show' }).waitFor();
  });

  it('says of a stream that is not here what may be', async () => {
    await page.goto(`${api.url}/welcome/01920000-0000-7000-8000-0000000000ff`);
    await page.getByRole('heading', { name: 'This stream is not here' }).waitFor();
  });

  it('has run without a fault and without offending its policy', () => {
    expect(browser.faults).toEqual([]);
  });
});
