import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#kernel';
import { openLive } from '#live';
import type { Live } from '#live';
import { openDatabase } from '#persistence';
import { axeOf } from '../axe.ts';
import type { OpenPage } from '../browser.ts';
import { fits } from '../page-width.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { PlayedRelay } from './played-relay.ts';
import { openAsOwner, OWNER, PASSWORD } from './signed-in-page.ts';

/** Longer than anything here takes, shorter than the case's own deadline. */
const waitMs = 10_000;
const dockPixels = 260;
const widePixels = 1_100;

describe('one glance', () => {
  let api: ApiUnderTest;
  let live: Live;
  let browser: OpenPage;
  let page: Page;
  let show: { id: string; destinationId: string; relay: PlayedRelay };
  const scripts: string[] = [];

  const made = async (path: string, body: object): Promise<{ id: string }> => {
    const answer = await api.call('POST', `/api/v1${path}`, { body, headers: asBootstrap });
    return (await answer.json()) as { id: string };
  };
  const makeStream = async (name: string, destination: string) => {
    const { id } = await made('/streams', { name });
    const server = { url: 'rtmps://live.example.com/app', streamKey: 'a-key-of-a-test' };
    const push = await made(`/streams/${id}/destinations`, { name: destination, ...server });
    return { id, destinationId: push.id, relay: new PlayedRelay(live, id) };
  };
  const status = () => page.locator('output');
  const icon = () => page.locator('link[rel=icon]').getAttribute('href');
  const wanted = () => page.getByRole('switch', { name: 'Send to Twitch' });
  const looksWell = async (width: number): Promise<void> => {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await fits(page, width);
      expect(await axeOf(page)).toEqual([]);
    }
  };

  beforeAll(async () => {
    api = await startApi();
    live = openLive({ url: api.redis.url, onFault: () => undefined });
    show = await makeStream('Friday show', 'Twitch');
    browser = await openAsOwner(api, waitMs, { widthPixels: dockPixels });
    ({ page } = browser);
    page.on('request', (request) => scripts.push(request.url()));
  });
  afterAll(async () => {
    await browser.close();
    live.close();
    await api.close();
  });

  it('is behind a sign-in that fits into a dock, and leads to where one wanted to be', async () => {
    await page.context().clearCookies();
    await page.goto(`${api.url}/dock/${show.id}`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await looksWell(dockPixels);
    await page.getByLabel('E-mail').fill(OWNER);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Friday show' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/dock/${show.id}`);
    expect(await page.getByRole('navigation').count()).toBe(0);
    await status().filter({ hasText: 'Awaiting your encoder' }).waitFor();
  });

  it('says in a dock that all is well, and in the tab as well', async () => {
    await show.relay.say(show.destinationId, 'live', 6_120);
    await status().filter({ hasText: 'Twitch is live' }).waitFor();
    await page.getByText('6,120 kbit/s').waitFor();
    await expect.poll(() => page.title()).toBe('● 1/1 Friday show');
    expect(await icon()).toBe('/icon-good.svg');
    await looksWell(dockPixels);
  });

  it('is calm about what mends itself, and breaks in once on what does not', async () => {
    await show.relay.say(show.destinationId, 'retrying');
    await status().filter({ hasText: 'Twitch is reconnecting No action needed.' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await show.relay.say(show.destinationId, 'needs_attention');
    await page.getByRole('alert').getByText('Twitch needs you').waitFor();
    await expect.poll(() => page.title()).toBe('▲ Twitch needs you');
    await page.getByRole('button', { name: 'Edit key: Twitch' }).waitFor();
    expect(await status().count()).toBe(1);
    await looksWell(dockPixels);
  });

  it('tells how long the encoder is waited for, without reading out the seconds', async () => {
    const since = new Date(systemClock.wallMs()).toISOString();
    const graceEndsAt = new Date(systemClock.wallMs() + 60_000).toISOString();
    const hold = { picture: 'last-picture', sound: 'silence', reason: '', since } as const;
    await show.relay.say(show.destinationId, 'live', 300, { state: 'grace', hold, graceEndsAt });
    await page.getByText(/^Ends in \d+ s unless it returns$/).waitFor();
    expect(await status().textContent()).toMatch(/^Encoder away, protected [^\d]*$/);
  });

  it('shows a switch as asked for at once, and as it was when that was refused', async () => {
    await show.relay.say(show.destinationId, 'connecting');
    await page.getByRole('button', { name: /^Connecting/ }).waitFor();
    const refused = Promise.withResolvers<void>();
    const problem = { code: 'UNAVAILABLE', status: 503, detail: 'The database is away.' };
    await page.route('**/stop', async (route) => {
      await refused.promise;
      await route.fulfill({ status: 503, json: problem });
    });
    await wanted().click();
    await page.getByText('Stopping…').waitFor();
    expect(await wanted().getAttribute('aria-checked')).toBe('false');
    refused.resolve();
    const notices = page.getByRole('region', { name: 'Notifications' });
    await notices.getByText('Stopping Twitch failed. The database is away.').waitFor();
    expect(await wanted().getAttribute('aria-checked')).toBe('true');
    await notices.locator('button').click();
    await page.unroute('**/stop');
  });

  it('ends a broadcast from a dock, after asking', async () => {
    await page.getByRole('button', { name: 'End broadcast: Friday show' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Keep' }).waitFor();
    await looksWell(dockPixels);
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  });

  it('loads neither charts nor a player for a dock', () => {
    expect(scripts.filter((url) => /plot|mpegts|flv/i.test(url))).toEqual([]);
  });

  it('says that the page has lost the server, and since when, until it is back', async () => {
    await page.context().setOffline(true);
    await page.getByText(/^Reconnecting… What you see is \d+:\d\d old\./).waitFor();
    await status().filter({ hasText: 'Not up to date' }).waitFor();
    await page.context().setOffline(false);
    await page.getByText('Reconnecting…').waitFor({ state: 'detached' });
  });

  it('asks every few seconds where too many windows are open, and says so', async () => {
    const events = '**/api/v1/events';
    await page.route(events, (route) => route.fulfill({ status: 429, json: {} }));
    await page.reload();
    await page.getByText('This page is open in too many windows').waitFor();
    await status().filter({ hasText: 'Awaiting your encoder' }).waitFor();
    await page.unroute(events);
  });

  it('is a line for each of several streams, made elsewhere, too', async () => {
    await page.setViewportSize({ width: widePixels, height: 800 });
    await page.goto(`${api.url}/streams`);
    await page.getByRole('heading', { name: 'Friday show' }).waitFor();
    await show.relay.say(show.destinationId, 'connecting');
    const line = (name: string) => page.getByRole('listitem').filter({ hasText: name });
    await line('Friday show').getByText('0 of 1 destination live').waitFor();
    const second = await makeStream('Saturday show', 'Kick');
    await line('Saturday show').getByText('Awaiting your encoder').waitFor();
    await second.relay.say(second.destinationId, 'needs_attention');
    await line('Saturday show').getByText('Kick needs you').waitFor();
    await status()
      .filter({ hasText: 'Saturday show: Kick needs you' })
      .waitFor({ state: 'attached' });
    expect(await page.title()).toBe('▲ Kick needs you');
    await looksWell(widePixels);
    await page.goto(api.url);
    await page.getByRole('heading', { name: 'Streams' }).waitFor();
    await line('Saturday show').getByRole('link').click();
    await page.getByRole('heading', { name: 'Saturday show', level: 1 }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/streams/${second.id}`);
  });

  it('shows in a room what came in before it was opened', async () => {
    const at = new Date(systemClock.wallMs() - 60_000).toISOString();
    const { broadcastId } = show.relay;
    const whose = { streamId: show.id, at };
    const database = openDatabase({ url: api.database.url });
    await database.system.history.write([
      {
        ...whose,
        kind: 'broadcast-started',
        id: broadcastId,
        streamName: 'Friday show',
        nodeId: 'node-1',
      },
    ]);
    const figures = { kind: 'statistics', reconnects: 0, bytes: 1, ...whose, broadcastId } as const;
    const tens = (value: number) => Array<number>(10).fill(value);
    await database.system.statistics.write(
      [null, show.destinationId].map((destinationId) => ({
        ...figures,
        destinationId,
        kbps: tens(destinationId === null ? 6_000 : 5_000),
        lagMs: tens(0),
        dropped: tens(0),
      })),
    );
    await database.close();
    await show.relay.say(show.destinationId, 'live', 6_000);
    await page.goto(`${api.url}/streams/${show.id}`);
    const recent = page.getByRole('region', { name: 'The last ten minutes' });
    await recent.getByText('nothing now, 6,000 kbit/s before').waitFor();
    await recent.getByText('nothing now, 5,000 kbit/s before').waitFor();
  });

  it('has run without a fault and without offending its policy', () => {
    expect(browser.faults).toEqual([]);
  });
});
