import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_WORKSPACE_ID } from '#contracts';
import type { InputStatus } from '#contracts';
import { systemClock } from '#kernel';
import { openLive } from '#live';
import type { Live } from '#live';
import { axeOf } from '../axe.ts';
import type { OpenPage } from '../browser.ts';
import { fits } from '../page-width.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { writeFlv } from './flv-file.ts';
import { PlayedRelay } from './played-relay.ts';
import { openAsMember, openAsOwner } from './signed-in-page.ts';

/** Longer than anything here takes, shorter than the case's own deadline. */
const waitMs = 10_000;
const patience = { timeout: waitMs };
const narrowPixels = 320;
/** By then a picture that nobody looks at is let go. */
const unseenMs = 10_500;
const preview = '**/preview*';
/** Video of a codec that no browser knows, as it begins: `vvc1`. */
const unknownVideo = writeFlv([
  { typeId: 9, timestampMs: 0, body: Buffer.from('9076766331', 'hex') },
]);

const input: InputStatus = {
  connectedAt: '2026-01-01T12:00:00.000Z',
  protocol: 'rtmps',
  encoder: 'OBS',
  kbps: 6_020,
  video: {
    codec: 'hvc1',
    width: 1_920,
    height: 1_080,
    framesPerSecond: 60,
    kbps: 5_860,
    keyframeIntervalMs: 8_000,
  },
  audio: { codec: 'mp4a', sampleRateHz: 48_000, channels: 2, kbps: 160 },
  warnings: [{ code: 'KEYFRAMES_FAR_APART', message: 'Keyframes are 8 s apart: choose 2 s.' }],
  lateMessages: 3,
  jumps: 0,
  health: 'well',
};
const seen = { ingest: input, activeInput: 'primary' } as const;
const inputs = { primary: input, backup: null };

describe('the room of a stream', () => {
  let api: ApiUnderTest;
  let live: Live;
  let browser: OpenPage;
  let page: Page;
  let relay: PlayedRelay;
  let streamId = '';
  let destinationId = '';

  beforeAll(async () => {
    api = await startApi();
    live = openLive({ url: api.redis.url, onFault: () => undefined });
    browser = await openAsOwner(api, waitMs);
    ({ page } = browser);
    streamId = await made('/streams', { name: 'Friday show' });
    const url = 'rtmp://live.example.com/app';
    destinationId = await made(`/streams/${streamId}/destinations`, {
      name: 'Kick',
      url,
      streamKey: 'secret',
    });
    relay = new PlayedRelay(live, streamId);
    await page.clock.install();
    await page.goto(`${api.url}/streams/${streamId}`);
  });
  afterAll(async () => {
    await browser.close();
    live.close();
    await api.close();
  });

  const made = async (path: string, body: object): Promise<string> => {
    const answer = await api.call('POST', `/api/v1${path}`, { body, headers: asBootstrap });
    return ((await answer.json()) as { id: string }).id;
  };
  const part = (name: string) => page.getByRole('region', { name, exact: true });
  const press = (name: string) => part('Picture').getByRole('button', { name }).click();
  const lines = () => part('What happened').locator('.timeline-line');

  it('awaits an encoder, and says where it should point', async () => {
    await part('What comes in').getByText('Awaiting your encoder').waitFor();
    await part('What comes in').getByRole('link').waitFor();
    expect(await part('The last ten minutes').count()).toBe(0);
    await press('Show the picture');
    await part('Picture').getByText('as soon as your encoder is on').waitFor();
    await press('Hide the picture');
  });

  it('says what comes in, fact by fact, and what is odd about it', async () => {
    await relay.say(destinationId, 'live', 6_000, { ...seen, inputs });
    const facts = part('What comes in');
    await facts.getByText('1920 × 1080, 60 fps, HEVC').waitFor();
    await facts.getByText('6,020 kbit/s (video 5,860 kbit/s, sound 160 kbit/s)').waitFor();
    await facts.getByText('Keyframes are 8 s apart: choose 2 s.').waitFor();
    expect(await facts.locator('dl > div', { hasText: 'Late messages' }).innerText()).toMatch(/3$/);
  });

  it('draws what came in and what went out, and says it in words', async () => {
    const figures = {
      kbps: 5_000,
      videoKbps: 4_900,
      audioKbps: 100,
      framesPerSecond: 50,
      keyframeIntervalMs: 8_000,
      lateMessages: 4,
      jumps: 0,
    };
    await live.events.appendEvent({
      type: 'stream.statistics',
      workspaceId: DEFAULT_WORKSPACE_ID,
      streamId,
      at: new Date(systemClock.wallMs()).toISOString(),
      ingestKbps: 5_000,
      ingest: figures,
      pushes: [{ destinationId, kbps: 4_000, lagMs: 0, delayMs: 0, droppedFrames: 0 }],
    });
    const charts = part('The last ten minutes');
    for (const words of [/^All 5,000/, /^Video 4,900/, /^Sound 100/, /^Frames 50/, /^Kick 4,000/]) {
      await charts.locator('.legend li').filter({ hasText: words }).waitFor();
    }
    await expect.poll(() => charts.locator('canvas').count(), patience).toBe(3);
    await part('What comes in').getByText('5,000 kbit/s (video 4,900').waitFor();
  });

  it('says why there is no picture, as the API says it', async () => {
    await press('Show the picture');
    await part('Picture').getByText('so nothing can be seen').waitFor();
    await press('Hide the picture');
  });

  it('says that a browser cannot show it, which changes nothing for viewers', async () => {
    let asked = 0;
    await page.route(preview, (route) => {
      asked += 1;
      return route.fulfill({ contentType: 'video/x-flv', body: unknownVideo });
    });
    await press('Show the picture');
    await part('Picture').getByText('cannot show HEVC and AAC. It goes out all the same').waitFor();
    await page.clock.fastForward(unseenMs);
    expect(asked).toBe(1);
    await press('Hide the picture');
    await page.unroute(preview);
  });

  it('has the picture as it was at first when the broadcast is over', async () => {
    await press('Show the picture');
    await page.locator('video').waitFor();
    await relay.say(destinationId, 'awaiting_stream', 0, { state: 'offline', broadcast: null });
    await part('Picture').getByRole('button', { name: 'Show the picture' }).waitFor();
    expect(await page.locator('video').count()).toBe(0);
    await relay.say(destinationId, 'live', 6_000, { ...seen, inputs });
    await press('Hide the picture');
  });

  it('lets the picture go when nobody looks at it, and fetches it when somebody does', async () => {
    let asked = 0;
    let ended = 0;
    // Neither an answer nor a refusal: it goes on until the page ends it.
    await page.route(preview, () => void (asked += 1));
    page.on('requestfailed', (request) => {
      if (request.url().includes('preview')) ended += 1;
    });
    await part('Picture').getByLabel('Always show it').check();
    await expect.poll(() => asked, patience).toBe(1);
    await page.setViewportSize({ width: narrowPixels, height: 200 });
    await part('What happened').scrollIntoViewIfNeeded();
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    const endedLater = async () => {
      await page.clock.fastForward(unseenMs);
      return ended;
    };
    await expect.poll(endedLater, patience).toBe(1);
    await page.locator('video').scrollIntoViewIfNeeded();
    await expect.poll(() => asked, patience).toBe(2);
    // As high as the room is, so that the picture is in view from the start.
    await page.setViewportSize({ width: 1_800, height: 2_000 });
    await page.reload();
    await expect.poll(() => asked, patience).toBe(3);
    await part('Picture').getByLabel('Always show it').uncheck();
    await press('Hide the picture');
    await page.unroute(preview);
  });

  it('tells of a destination that is tried again and again in one line, in amber', async () => {
    for (const message of ['Kick: cut.', 'Kick: no answer.', 'Kick: not now.']) {
      await relay.tell('CONNECT_TIMEOUT', message, undefined, destinationId);
      await relay.tell('ENCODER_REFUSED', 'A third encoder was refused.');
    }
    await lines().filter({ hasText: 'Kick tried again 2 times' }).waitFor();
    await lines().filter({ hasText: 'A third encoder was refused.' }).first().waitFor();
    expect(await lines().count()).toBe(2);
    expect(await part('What happened').locator('.tone-bad').count()).toBe(0);
    await part('What happened').getByLabel('Show').selectOption('Destinations');
    await expect.poll(() => lines().count(), patience).toBe(1);
    // Why it was lost is seen without asking for it, and so is what it met last.
    for (const words of ['Kick: cut.', 'Kick: not now.']) {
      await lines().locator('p', { hasText: words }).first().waitFor();
    }
    await part('What happened').getByText('All that was said').click();
    await part('What happened').getByText('Kick: no answer.').waitFor();
  });

  it('is red for what waits for a person, and not any more when it does not', async () => {
    const isRed = () => part('What happened').locator('.tone-bad').count();
    await relay.tell('KEY_REJECTED', 'Kick: refused.', undefined, destinationId);
    await relay.say(destinationId, 'needs_attention', 0, { ...seen, inputs });
    await expect.poll(isRed, patience).toBe(1);
    await relay.say(destinationId, 'live', 6_000, { ...seen, inputs });
    await expect.poll(isRed, patience).toBe(0);
  });

  it.each(['light', 'dark'] as const)('fits a phone and keeps nobody out, %s', async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: narrowPixels, height: 740 });
    await press('Show the picture');
    await part('Picture').getByText('so nothing can be seen').waitFor();
    await fits(page, narrowPixels);
    expect(await axeOf(page)).toEqual([]);
    await press('Hide the picture');
  });

  it('has run without a fault and without offending its policy', () => {
    expect(browser.faults).toEqual([]);
  });

  it('shows a viewer what comes in, and not what viewers do not see yet', async () => {
    const viewer = await openAsMember(api, waitMs, 'viewer');
    await viewer.page.goto(`${api.url}/streams/${streamId}`);
    await relay.say(destinationId, 'live', 6_000, { ...seen, inputs });
    await viewer.page.getByText('1920 × 1080, 60 fps, HEVC').waitFor();
    await viewer.page.getByText('Operators and owners can look at it here').waitFor();
    for (const name of ['Show the picture', 'End broadcast: Friday show']) {
      expect(await viewer.page.getByRole('button', { name }).count()).toBe(0);
    }
    expect(viewer.faults).toEqual([]);
    await viewer.close();
  });
});
