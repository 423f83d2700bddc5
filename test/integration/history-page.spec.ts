import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_WORKSPACE_ID } from '#contracts';
import { newId, openDatabase } from '#persistence';
import type { HistoryRecord, StatisticsRecord } from '#persistence';
import { axeOf } from '../axe.ts';
import type { OpenPage } from '../browser.ts';
import { fits } from '../page-width.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { openAsOwner } from './signed-in-page.ts';

/** Longer than anything here takes, shorter than the case's own deadline. */
const waitMs = 10_000;
const patience = { timeout: waitMs };
const timeZone = 'Asia/Kolkata';
const locale = 'en-GB';
const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
/** More minutes than one answer of /statistics holds. */
const showMinutes = 1_140;
const startMs = Math.floor(Date.now() / minuteMs) * minuteMs - 1_300 * minuteMs;
const oldBroadcasts = 21;
const narrowPixels = 320;

/** More than two pages of events, and more than twice the lines that are drawn at once. */
const talkLines = 450;

const [streamId, otherStreamId, showId, talkId] = [newId(), newId(), newId(), newId()];
const [mainId, refusedId] = [newId(), newId()];
const hostile = (from: string) => `${from} <img src=x onerror="globalThis.harmed = true">`;

const at = (minute: number): string => new Date(startMs + minute * minuteMs).toISOString();
const clockAt = (minute: number): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone }).format(Date.parse(at(minute)));

function broadcastOf(id: string, stream: string, name: string, fromMs: number, toMs: number) {
  const began = new Date(fromMs).toISOString();
  const begun = { kind: 'broadcast-started', streamId: stream, streamName: name } as const;
  return [
    { ...begun, id, nodeId: 'node-1', at: began },
    { kind: 'broadcast-ended', id, at: new Date(toMs).toISOString(), reason: 'unpublished' },
  ] satisfies HistoryRecord[];
}

/** `ended` undefined: as it was wanted. */
function attemptOf(
  destinationId: string,
  name: string,
  minutes: readonly [number, number],
  failure?: { code: string; class: string; message: string; remoteWords: string | null },
): HistoryRecord[] {
  const id = newId();
  const [from, to] = minutes;
  const wanted = { code: 'ENDED', class: 'deliberate', message: 'Ended.', remoteWords: null };
  return [
    {
      kind: 'attempt-started',
      id,
      broadcastId: showId,
      destinationId,
      destinationName: name,
      nodeId: 'node-1',
      number: 1,
      at: at(from),
    },
    {
      kind: 'attempt-ended',
      id,
      at: at(to),
      publishedAt: failure?.class === 'rejected' ? null : at(from),
      bytesWritten: 1_000,
      ...wanted,
      ...failure,
    },
  ];
}

function eventOf(minute: number, code: string, message: string, more = {}) {
  const whose = { id: newId(), broadcastId: showId, streamId, position: startMs + minute };
  const about = more as { destinationId?: string; remoteWords?: string };
  const event = { kind: 'event', about: 'push', at: at(minute), code, message } as const;
  return { ...event, ...whose, ...about };
}

function figuresOf(destinationId: string | null, minute: number, kbps: number): StatisticsRecord {
  return {
    kind: 'statistics',
    streamId,
    broadcastId: showId,
    destinationId,
    at: at(minute),
    kbps: Array<number>(10).fill(kbps),
    lagMs: Array<number>(10).fill(destinationId === null ? 0 : 2_500),
    dropped: [12, ...Array<number>(9).fill(0)],
    reconnects: 0,
    bytes: kbps * 1_250,
  };
}

async function writeHistory(url: string): Promise<void> {
  const database = openDatabase({ url });
  const cut = { code: 'RESET_BY_PEER', class: 'transient', message: 'Cut.', remoteWords: null };
  const words = hostile('the platform');
  const no = { code: 'KEY_REJECTED', class: 'rejected', message: 'Refused.', remoteWords: words };
  const ages = Array.from({ length: oldBroadcasts }, (_, index) => startMs - (60 + index) * dayMs);
  await database.system.history.write([
    ...ages.flatMap((fromMs, index) => {
      const id = index === 0 ? talkId : newId();
      return broadcastOf(id, otherStreamId, 'Morning show', fromMs, fromMs + 40_000);
    }),
    ...Array.from({ length: talkLines }, (_, minute): HistoryRecord => ({
      ...eventOf(minute, 'INPUT_SWITCHED', `Switched for the ${minute}. time`),
      broadcastId: talkId,
      streamId: otherStreamId,
    })),
    ...broadcastOf(showId, streamId, 'Friday show', startMs, startMs + showMinutes * minuteMs),
    ...attemptOf(mainId, 'Main channel', [0, 570], cut),
    ...attemptOf(mainId, 'Main channel', [627, showMinutes]),
    ...attemptOf(refusedId, hostile('Second'), [0, 1], no),
    eventOf(0, 'PUSH_LIVE', 'Main channel is live.', { destinationId: mainId }),
    ...[1, 2, 3].map((minute) =>
      eventOf(minute, 'KEY_REJECTED', 'Second: refused.', {
        destinationId: refusedId,
        remoteWords: words,
      }),
    ),
  ]);
  await database.system.history.recordAction({
    workspaceId: DEFAULT_WORKSPACE_ID,
    streamId,
    broadcastId: showId,
    destinationId: mainId,
    at: new Date(at(627)),
    code: 'DESTINATION_STARTED',
    message: 'Main channel was started',
    actor: hostile('the owner'),
  });
  await database.system.statistics.write([
    figuresOf(null, 0, 6_000),
    figuresOf(null, showMinutes - 1, 4_000),
    ...Array.from({ length: 120 }, (_, minute) => figuresOf(mainId, minute, 5_000)),
  ]);
  await database.close();
}

/** Whether each chart has a line in the colour that its legend gives to the main channel. */
const PIXELS_OF_MAIN = `[...document.querySelectorAll('.chart')].map((chart) => {
  const canvas = chart.querySelector('canvas');
  const wanted = getComputedStyle(chart.querySelector('.legend .series-1')).color.match(/\\d+/g);
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  for (let at = 0; at < data.length; at += 4) {
    if (wanted.every((value, index) => Math.abs(value - data[at + index]) < 16)) return true;
  }
  return false;
})`;

describe('the page of history', () => {
  let api: ApiUnderTest;
  let browser: OpenPage;
  let page: Page;
  const list = () => page.getByRole('region', { name: 'Broadcasts' });
  const part = (name: string) => page.getByRole('region', { name, exact: true });
  const rows = () => list().locator('ol > li');

  beforeAll(async () => {
    api = await startApi();
    await api.database.addStream(streamId);
    await api.database.addStream(otherStreamId);
    browser = await openAsOwner(api, waitMs, { timeZone, locale });
    ({ page } = browser);
    await page.goto(api.url);
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  it('says what to do while nothing was broadcast, and leads to the streams', async () => {
    await page.getByRole('link', { name: 'History', exact: true }).click();
    await page.getByText('Nothing here').waitFor();
    await page.getByRole('button', { name: 'Look at any time' }).click();
    await page.getByText('Nothing was broadcast yet').waitFor();
    expect(page.url()).toBe(`${api.url}/history?days=all`);
    await page.getByRole('link', { name: 'Go to the streams' }).click();
    await page.getByRole('heading', { name: 'Streams' }).waitFor();
  });

  it('lists when, how long, of what, and what became of each destination', async () => {
    await writeHistory(api.database.url);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${api.url}/history`);
    await rows().first().getByText('live 95 % of the time, connected again once').waitFor();
    const text = await rows().first().innerText();
    expect(text).toContain('GMT+5:30');
    expect(text).toContain(clockAt(0).slice(0, 5));
    expect(text).toContain('Friday show');
    expect(text).toContain('19 h 0 min');
    expect(text).toContain(`${hostile('Second')} never live`);
    expect(await rows().count()).toBe(1);
    expect(asked).toContain('/api/v1/broadcasts');
    expect(asked.filter((path) => path.startsWith('/api/v1/broadcasts/'))).toEqual([]);
  });

  it('looks further back, page by page, and keeps in the address what is looked at', async () => {
    await page.getByLabel('Began in').selectOption('Any time');
    await page.getByRole('button', { name: 'Older broadcasts' }).click();
    await expect.poll(() => rows().count(), patience).toBe(1 + oldBroadcasts);
    await page.getByLabel('Stream', { exact: true }).selectOption(streamId);
    await expect.poll(() => rows().count(), patience).toBe(1);
    await page.reload();
    await rows().first().getByText('Friday show').waitFor();
    expect(new URL(page.url()).search).toBe(`?days=all&stream=${streamId}`);
    expect(await rows().count()).toBe(1);
  });

  it('shows the broadcasts of a stream that was removed', async () => {
    await api.call('DELETE', `/api/v1/streams/${otherStreamId}`, { headers: asBootstrap });
    await page.goto(`${api.url}/history?stream=${otherStreamId}&days=365`);
    await rows().first().getByText('Morning show').waitFor();
    expect(await page.getByLabel('Stream', { exact: true }).innerText()).toContain('removed');
  });

  it('says when it cannot be read, and reads it again', async () => {
    await page.route('**/api/v1/broadcasts?*', (route) => route.abort());
    await page.goto(`${api.url}/history`);
    await page.getByText('Forkcast does not answer').waitFor();
    await page.unroute('**/api/v1/broadcasts?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await rows().first().waitFor();
  });

  it('opens a broadcast: what became of it, and why', async () => {
    await rows().first().getByRole('link').click();
    await page.getByRole('heading', { name: 'Friday show' }).waitFor();
    await part('Summary')
      .getByText('It lasted 19 h 0 min; the encoder stopped the stream.')
      .waitFor();
    const destinations = await part('Destinations').innerText();
    expect(destinations).toContain('Main channel live 95 % of the time');
    expect(destinations).toContain('Last fault: Cut.');
    expect(destinations).toContain(`The server said: “${hostile('the platform')}”`);
  });

  it('draws all of it, also what is behind the first answer, and says it in words', async () => {
    const figures = part('Figures');
    await figures.getByText('5,000 kbit/s on average, 4,000 kbit/s to 6,000 kbit/s').waitFor();
    await figures.getByText('at most 2.5 s').waitFor();
    await figures.getByText('24 frames in all').waitFor();
    await expect.poll(() => figures.locator('canvas').count(), patience).toBe(3);
    await expect.poll(() => page.evaluate(PIXELS_OF_MAIN), patience).toEqual([true, true, true]);
    const over = figures.locator('.u-over').first();
    const box = await over.boundingBox();
    await over.hover({ position: { x: 1, y: box!.height / 2 } });
    const encoder = figures.locator('.legend li').first();
    await expect.poll(() => encoder.innerText(), patience).toBe('Encoder 6,000 kbit/s');
    await over.hover({ position: { x: box!.width / 2, y: box!.height / 2 } });
    await expect.poll(() => encoder.innerText(), patience).toBe('Encoder nothing at this time');
  });

  it('tells what happened, by the viewer’s clock, with who and what the server said', async () => {
    const timeline = part('Timeline');
    const lines = timeline.locator('.timeline-line');
    await expect.poll(() => lines.count(), patience).toBe(3);
    const [live, refused, started] = await lines.allInnerTexts();
    expect(live).toContain(clockAt(0));
    // Read forwards, it stands where it began.
    expect(refused?.startsWith(clockAt(1))).toBe(true);
    expect(refused).toContain(`tried again 2 times, ${clockAt(1)} to ${clockAt(3)}`);
    expect(refused).toContain(`The server said: “${hostile('the platform')}”`);
    expect(started).toContain(`by ${hostile('the owner')}`);
    await timeline.getByLabel('Show').selectOption('What people did');
    await expect.poll(() => lines.count(), patience).toBe(1);
    await timeline.getByLabel('Show').selectOption(hostile('Second'));
    await expect.poll(() => lines.allInnerTexts(), patience).toEqual([refused]);
    expect(new URL(page.url()).search).toBe(`?show=push%3A${refusedId}`);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.evaluate('globalThis.harmed')).toBeUndefined();
  });

  it.each([
    ['Download the report', new RegExp(`^broadcast-${showId}\\.md$`)],
    ['Export as JSON', new RegExp(`^broadcast-${showId}\\.json$`)],
  ])('lets one take it away: %s', async (name, file) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(file);
    expect(await download.failure()).toBeNull();
  });

  it('draws a long timeline part by part, and says what there is nothing of', async () => {
    await page.goto(`${api.url}/history/${talkId}`);
    await part('Destinations').getByText('It was sent nowhere').waitFor();
    await part('Figures').getByText('No figures are kept of it').waitFor();
    await page.getByRole('button', { name: 'Show 200 more lines' }).click();
    await page.getByRole('button', { name: 'Show 50 more lines' }).click();
    await page.getByText(`Switched for the ${talkLines - 1}. time`).waitFor();
    expect(await page.locator('.timeline-line').count()).toBe(talkLines);
  });

  it('leads from a broadcast that is live to the room of its stream', async () => {
    const [begun] = broadcastOf(newId(), streamId, 'Friday show', startMs + dayMs, 0);
    const database = openDatabase({ url: api.database.url });
    await database.system.history.write([begun!]);
    await database.close();
    await page.goto(`${api.url}/history`);
    const room = `/streams/${streamId}`;
    const leads = () => page.getByRole('link', { name: 'Go to its room' }).getAttribute('href');
    await rows().first().getByText('Live now').waitFor();
    expect(await leads()).toBe(room);
    await rows().first().getByRole('link').first().click();
    await part('Summary').getByText('It is live now.').waitFor();
    expect(await leads()).toBe(room);
  });

  it('knows what is not there', async () => {
    await page.goto(`${api.url}/history/${newId()}`);
    await page.getByRole('alert').waitFor();
    await page.getByRole('link', { name: 'All broadcasts' }).click();
    await rows().first().waitFor();
  });

  it.each(['light', 'dark'] as const)('fits a phone and keeps nobody out, %s', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: narrowPixels, height: 740 });
    for (const path of ['/history?days=all', `/history/${showId}`]) {
      await page.goto(api.url + path);
      await page.getByText('live 95 % of the time').first().waitFor();
      if (path.endsWith(showId)) await page.locator('canvas').nth(2).waitFor();
      await fits(page, narrowPixels);
      expect(await axeOf(page)).toEqual([]);
    }
  });

  it('has run without a fault and without offending its policy', () => {
    expect(browser.faults).toEqual([]);
  });
});
