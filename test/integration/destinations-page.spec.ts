import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PushState } from '#contracts';
import { systemClock } from '#kernel';
import { openLive } from '#live';
import type { Live } from '#live';
import { axeOf } from '../axe.ts';
import type { OpenPage } from '../browser.ts';
import { fits } from '../page-width.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { PlayedRelay, playedPush } from './played-relay.ts';
import { openAsOwner } from './signed-in-page.ts';

/** Longer than anything here takes, shorter than the case's own deadline. */
const waitMs = 10_000;
const patience = { timeout: waitMs };
const KEY = 'FB-12-0-canary9?s_bl=1&a=x%2F7413';
const NEW_KEY = 'live_987_canary-of-a-new-key';
const widePixels = 1_100;
const narrowPixels = 320;

/** Of each state a destination, and how its row is to say it. */
const states: ReadonlyArray<readonly [state: PushState, name: string, words: string]> = [
  ['live', 'Green', 'Live'],
  ['awaiting_stream', 'Übertragung'.repeat(6), 'Awaiting stream'],
  ['connecting', 'قناة الجمعة', 'Connecting'],
  ['degraded', 'Slow', 'Falling behind'],
  ['retrying', 'Away', 'Reconnecting'],
  ['needs_attention', 'Refused', 'Needs you'],
  ['draining', 'Playing out', 'Finishing'],
  ['stopped', 'Not wanted', 'Off'],
];

describe('destinations on the page', () => {
  let api: ApiUnderTest;
  let live: Live;
  let browser: OpenPage;
  let page: Page;
  let streamId = '';

  beforeAll(async () => {
    api = await startApi();
    live = openLive({ url: api.redis.url, onFault: () => undefined });
    browser = await openAsOwner(api, waitMs, { widthPixels: widePixels });
    ({ page } = browser);
    const body = { name: 'Friday show' };
    await api.call('POST', '/api/v1/streams', { body, headers: asBootstrap });
    const [stream] = await items<{ id: string }>('/streams');
    streamId = stream!.id;
    await page.goto(`${api.url}/streams/${streamId}`);
  });
  afterAll(async () => {
    await browser.close();
    live.close();
    await api.close();
  });

  const items = async <Item>(of: string): Promise<Item[]> => {
    const answer = await api.call('GET', `/api/v1${of}`, { headers: asBootstrap });
    return ((await answer.json()) as { items: Item[] }).items;
  };

  const box = () => page.getByLabel('Paste what the platform shows');
  /** As a browser does it; in its own words, which are not those of Node. */
  const paste = (text: string) =>
    page.evaluate(`{
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', ${JSON.stringify(text)});
      const how = { clipboardData, bubbles: true, cancelable: true };
      document.querySelector('textarea').dispatchEvent(new ClipboardEvent('paste', how));
    }`);
  const row = (name: string) =>
    page.getByRole('region', { name: 'Destinations' }).locator('li').filter({ hasText: name });
  const wanted = (name: string) => page.getByRole('switch', { name: `Send to ${name}` });
  const more = async (name: string, what: string) => {
    await page.getByRole('button', { name: `More about ${name}` }).click();
    await page.getByRole('menuitem', { name: what }).click();
  };
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
    await expect.poll(() => page.locator(':focus').getAttribute('rows'), patience).toBe('2');
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
    expect(await items(`/streams/${streamId}/destinations`)).toMatchObject([
      {
        name: 'Page',
        platform: 'facebook',
        url: 'rtmps://live-api-s.facebook.com:443/rtmp',
        keyHint: '7413',
      },
    ]);
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
    await more('Test (nobody sees it)', 'Settings…');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Add destination' }).click();
  });

  it('fits a phone without scrolling sideways', async () => {
    await paste(`rtmps://live-api-s.facebook.com:443/rtmp/${KEY}`);
    await split().waitFor();
    await page.setViewportSize({ width: 360, height: 740 });
    await fits(page, 360);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: widePixels, height: 800 });
  });

  describe('in a show', () => {
    const ids = new Map<string, string>();
    const now = () => new Date(systemClock.wallMs()).toISOString();

    beforeAll(async () => {
      for (const { id } of await items<{ id: string }>(`/streams/${streamId}/destinations`)) {
        await api.call('DELETE', `/api/v1/destinations/${id}`, { headers: asBootstrap });
      }
      for (const [state, name] of states) {
        const body = {
          name,
          url: 'rtmps://live.example.com/app',
          streamKey: 'a-key-of-a-test',
          enabled: state !== 'stopped',
        };
        const path = `/api/v1/streams/${streamId}/destinations`;
        const answer = await api.call('POST', path, { body, headers: asBootstrap });
        ids.set(name, ((await answer.json()) as { id: string }).id);
      }
      await page.reload();
    });
    // What a relay said is forgotten when it says nothing more.
    beforeEach(say);

    /** All of them at once, each in its state. */
    async function say(): Promise<void> {
      const soon = new Date(systemClock.wallMs() + 60_000).toISOString();
      const seen = { tcp: now(), tls: now(), publishAccepted: now(), lastProgressAt: now() };
      const pushes = states.flatMap(([state, name]) => {
        const push = playedPush(ids.get(name) ?? '', state, {
          enabled: state !== 'stopped',
          attempt: 3,
          nextRetryAt: state === 'retrying' ? soon : null,
          drainingUntil: state === 'draining' ? soon : null,
          evidence: { ...seen, bytesWritten: 31_400_000, bytesAcked: 0 },
          kbps: 6_120,
          lagMs: 400,
          droppedFrames: 12,
        });
        return ids.has(name) ? [push] : [];
      });
      await new PlayedRelay(live, streamId).say(streamId, 'live', 0, { pushes });
    }

    it('says each state in a word, in both schemes, to everybody, also on a phone', async () => {
      for (const [, name, words] of states) {
        await row(name).getByText(words, { exact: true }).waitFor();
      }
      for (const [colorScheme, width] of [
        ['light', widePixels],
        ['dark', widePixels],
        ['dark', narrowPixels],
        ['light', narrowPixels],
      ] as const) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        await fits(page, width);
        expect(await axeOf(page)).toEqual([]);
      }
      await page.setViewportSize({ width: widePixels, height: 800 });
    });

    it('says what is to be done, and of what nothing is to be done', async () => {
      await row('Refused').getByRole('button', { name: 'Edit key: Refused' }).waitFor();
      await row('Refused').getByText('The key was refused.').waitFor();
      await row('Away')
        .getByText(/^next try in \d+ s · try 3 · no action needed$/)
        .waitFor();
      await row('Green').getByText('6,120 kbit/s').waitFor();
      await row('Green').getByText('lag 0.4 s').waitFor();
      await row('Green').getByText('drops 12').waitFor();
    });

    it('says behind the word how that is known', async () => {
      await page.getByRole('button', { name: 'Live: how this is known of Green' }).click();
      const proof = page.getByRole('dialog', { name: 'How this is known' });
      const lines = await proof.getByRole('listitem').allTextContents();
      expect(lines).toEqual([
        expect.stringMatching(/^Connected(just now|\d+ s ago)$/),
        expect.stringMatching(/^Encrypted(just now|\d+ s ago)$/),
        expect.stringMatching(/^Stream accepted(just now|\d+ s ago)$/),
        'Sent31.4 MB',
        'Acknowledgedthis server acknowledges nothing',
        expect.stringMatching(/^Last progress(just now|\d+ s ago)$/),
      ]);
      await page.keyboard.press('Escape');
      await proof.waitFor({ state: 'detached' });
    });

    it('shows a wish at once, and takes it back when it is refused', async () => {
      const held = Promise.withResolvers<void>();
      const detail = 'As much is sent as may be.';
      const problem = { type: 'about:blank', title: 'No', status: 409, code: 'OUT_QUOTA', detail };
      await page.route('**/start', async (route) => {
        await held.promise;
        await route.fulfill({ status: 409, json: problem });
      });
      await wanted('Not wanted').click();
      await row('Not wanted').getByText('Starting…').waitFor();
      expect(await wanted('Not wanted').isChecked()).toBe(true);
      held.resolve();
      await page.getByText(`Starting Not wanted failed. ${detail}`).first().waitFor();
      await expect.poll(() => wanted('Not wanted').isChecked(), patience).toBe(false);
      await row('Not wanted').getByText('Off', { exact: true }).waitFor();
      await page.unroute('**/start');
      await page.locator('.toast button').click();
    });

    it('changes a key while it is live, and nothing else', async () => {
      await more('Green', 'Edit key…');
      const dialog = page.getByRole('dialog', { name: 'Edit the key of Green' });
      await dialog.getByText('The other destinations go on untouched.').waitFor();
      await dialog.getByLabel('Stream key').fill(NEW_KEY);
      const [request] = await Promise.all([
        page.waitForRequest((asked) => asked.method() === 'PATCH'),
        dialog.getByRole('button', { name: 'Save and reconnect' }).click(),
      ]);
      // It stays until the relay has said something else of it.
      await say();
      await dialog.waitFor({ state: 'detached' });
      // Not a moment later: the row does not show the old one when the dialog is gone.
      expect(await row('Green').innerText()).toContain(`key …${NEW_KEY.slice(-4)}`);
      expect(request.postDataJSON()).toEqual({ streamKey: NEW_KEY });
      expect((await request.allHeaders())['if-match']).toMatch(/^".+"$/);
      expect(await page.content()).not.toContain(NEW_KEY);
      const focused = () => page.locator(':focus').getAttribute('aria-label');
      await expect.poll(focused, patience).toBe('More about Green');
    });

    it('writes nothing over what somebody else has changed meanwhile', async () => {
      const path = `/api/v1/destinations/${ids.get('Slow')}`;
      const seen = page.waitForResponse(api.url + path);
      await more('Slow', 'Delay…');
      await (await seen).finished();
      const dialog = page.getByRole('dialog', { name: 'Delay of Slow' });
      await dialog.getByText('stays connected').waitFor();
      await api.call('PATCH', path, { body: { resume: 'rewind' }, headers: asBootstrap });
      await dialog.getByLabel('Delay in seconds').fill('20');
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.getByRole('alert').waitFor();
      await dialog.getByRole('button', { name: 'Save' }).click();
      await dialog.waitFor({ state: 'detached' });
      const [, , , slow] = await items<object>(`/streams/${streamId}/destinations`);
      expect(slow).toMatchObject({ name: 'Slow', delaySeconds: 20, resume: 'rewind' });
    });

    it('is shown to who may only look without anything to press', async () => {
      await page.route('**/api/v1/session', async (route) => {
        const answer = await route.fetch();
        const session = (await answer.json()) as { workspaces: Array<{ permissions: string[] }> };
        session.workspaces[0]!.permissions = ['streams:read', 'history:read'];
        await route.fulfill({ json: session });
      });
      await page.reload();
      await row('Refused').getByText('Needs you', { exact: true }).waitFor();
      expect(await page.getByRole('switch').count()).toBe(0);
      const rows = page.getByRole('region', { name: 'Destinations' });
      expect(await rows.getByRole('button').allTextContents()).toEqual(
        states.map(([, , words]) => words),
      );
      await page.unroute('**/api/v1/session');
      await page.reload();
      await wanted('Green').waitFor();
    });

    it('is walked through by keys', async () => {
      const focused = () => page.locator(':focus').getAttribute('aria-label');
      await wanted('Slow').focus();
      await page.keyboard.press('ArrowDown');
      expect(await focused()).toBe('Send to Away');
      const retried = page.waitForRequest((asked) => asked.url().endsWith('/retry'));
      await page.keyboard.press('r');
      await retried;
      await page.keyboard.press('Space');
      await expect.poll(() => wanted('Away').isChecked(), patience).toBe(false);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('e');
      const dialog = page.getByRole('dialog', { name: 'Edit the key of Refused' });
      await dialog.getByLabel('Stream key').pressSequentially('re');
      expect(await dialog.getByLabel('Stream key').inputValue()).toBe('re');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      expect(await focused()).toBe('Send to Refused');
      await page.keyboard.press('ArrowUp');
      expect(await focused()).toBe('Send to Away');
    });

    it('removes one that is live only after a question', async () => {
      await more('Green', 'Remove…');
      const question = page.getByRole('alertdialog', { name: 'Remove Green?' });
      await question.getByText('It is live now: its viewers will see the broadcast end.').waitFor();
      await expect.poll(() => page.locator(':focus').textContent(), patience).toBe('Keep');
      await page.keyboard.press('Enter');
      await question.waitFor({ state: 'detached' });
      await more('Green', 'Remove…');
      await question.getByRole('button', { name: 'Remove Green' }).click();
      await row('Green').waitFor({ state: 'detached' });
      ids.delete('Green');
    });

    it('stops and starts all of them at once', async () => {
      const on = async () => {
        const all = await items<{ enabled: boolean }>(`/streams/${streamId}/destinations`);
        return all.filter(({ enabled }) => enabled).length;
      };
      await page.getByRole('button', { name: 'All off' }).click();
      const question = page.getByRole('alertdialog', { name: 'Stop all destinations?' });
      await question.getByText('One is live now').waitFor();
      await question.getByRole('button', { name: 'Stop all' }).click();
      await expect.poll(on, patience).toBe(0);
      await page.getByRole('button', { name: 'All on' }).click();
      await expect.poll(on, patience).toBe(states.length - 1);
      await page.getByRole('button', { name: 'All on' }).waitFor({ state: 'detached' });
    });
  });

  it('has run without a fault and without offending its policy', () => {
    expect(browser.faults).toEqual([]);
  });
});
