import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Destination, PreflightResult, StreamWithKey } from '#contracts';
import { mediaSource, NginxRtmp, publishWithFfmpeg, waitFor } from '#testing';
import { openPage } from '../browser.ts';
import type { OpenPage } from '../browser.ts';
import { Forkcast } from './forkcast.ts';

const run = promisify(execFile);
const stepMs = 30_000;
const PREVIEW_BYTES = 400_000;
interface Nodes {
  readonly items: readonly {
    readonly kbpsIn: number;
    readonly kbpsOut: number;
    readonly memory: { readonly usedBytes: number };
    readonly lanes: readonly { load: number; ingests: number; pushes: number }[];
  }[];
}
/** What a picture in the page shows: when, how large, and very small, so that it is a few bytes. */
interface Frame {
  readonly seconds: number;
  readonly size: readonly [width: number, height: number];
  readonly pixels: readonly number[];
}
/** Values of all colours of a small picture by which two that follow each other differ at least. */
const FRAMES_DIFFER_BY = 2_000;
/** For the page: what stands in its picture now. */
const FRAME = `(() => {
  const video = document.querySelector('video[aria-label="What viewers are sent"]');
  if (!video || video.readyState < 2) return { seconds: 0, size: [0, 0], pixels: [] };
  const canvas = Object.assign(document.createElement('canvas'), { width: 32, height: 18 });
  const pen = canvas.getContext('2d');
  pen.drawImage(video, 0, 0, 32, 18);
  const pixels = [...pen.getImageData(0, 0, 32, 18).data];
  return { seconds: video.currentTime, size: [video.videoWidth, video.videoHeight], pixels };
})()`;
/** For the page: what its player shows. */
const LOOK =
  '(([video]) => ({ width: video?.videoWidth ?? 0, seconds: video?.currentTime ?? 0 }))' +
  "(document.getElementsByTagName('video'))";

/** A show is tried out: nothing leaves, and what would leave is seen. */
describe('a rehearsal', () => {
  let forkcast: Forkcast;
  let nginx: NginxRtmp;
  let browser: OpenPage;
  let page: Page;
  let stream: StreamWithKey;
  let test: Destination;
  let publisher: ReturnType<typeof publishWithFfmpeg> | undefined;

  beforeAll(async () => {
    forkcast = await Forkcast.start({ RELAY_UPLINK_KBPS: '100' });
    nginx = await NginxRtmp.start(join(forkcast.directory, 'nginx'));
    browser = await openPage(stepMs);
    ({ page } = browser);
    stream = await forkcast.api.createStream({ name: 'Dress rehearsal' });
    test = await forkcast.api.addDestination(stream.id, {
      name: 'Trial',
      platform: 'test',
      url: 'rtmp://test.invalid/live',
      streamKey: 'test',
    });
  });

  afterAll(async () => {
    await publisher?.stop();
    await browser.close();
    await nginx.stop();
    await forkcast.close();
  });

  const preview = (path: string) =>
    fetch(`http://127.0.0.1:${forkcast.httpPort}/api/v1/${path}/preview`, {
      headers: forkcast.authorisation,
    });
  const dialog = () => page.getByRole('dialog');
  const row = (name: string) =>
    page
      .getByRole('region', { name: 'Destinations' })
      .getByRole('listitem')
      .filter({ hasText: name });
  const more = async (name: string, what: string): Promise<void> => {
    await page.getByRole('button', { name: `More about ${name}` }).click();
    await page.getByRole('menuitem', { name: what }).click();
  };

  it('has nothing to show before there is a stream', async () => {
    for (const path of [`destinations/${test.id}`, `streams/${stream.id}`]) {
      const answer = await preview(path);
      const seen = [answer.status, await answer.json()];
      expect(seen).toMatchObject([409, { code: 'PREVIEW_NOT_LIVE' }]);
    }
  });

  it('goes the whole way of a push, up to bytes that are acknowledged', async () => {
    const file = await mediaSource();
    publisher = publishWithFfmpeg({ url: forkcast.publishUrl(stream), file, endless: true });
    await forkcast.push(test, 'live');
    const acknowledged = async () => (await forkcast.push(test, 'live')).evidence.bytesAcked > 0;
    await waitFor('bytes are acknowledged', acknowledged, stepMs);
  });

  it.each([
    ['of what a destination is sent', () => `destinations/${test.id}`],
    ['of what goes out of the stream', () => `streams/${stream.id}`],
  ])('shows pictures and sound %s, which a decoder reads without a fault', async (_, path) => {
    const answer = await preview(path());
    expect(answer.headers.get('content-type')).toBe('video/x-flv');
    const file = join(forkcast.directory, 'preview.flv');
    await writeFile(file, await readFrom(answer, PREVIEW_BYTES));
    const show = ['-show_entries', 'stream=codec_name,width,height', '-of', 'json'];
    const { stdout, stderr } = await run('ffprobe', ['-v', 'error', ...show, file]);
    expect(JSON.parse(stdout)).toMatchObject({
      streams: expect.arrayContaining([
        expect.objectContaining({ codec_name: 'h264', width: 640, height: 360 }),
        expect.objectContaining({ codec_name: 'aac' }),
      ]),
    });
    expect(stderr).toBe('');
  });

  it('is seen by who looks after the relay: its lanes, and how the system is', async () => {
    const work = async () => (await forkcast.api.request<Nodes>('GET', '/nodes')).body.items[0];
    const isCounted = async () => ((await work())?.kbpsOut ?? 0) > 0;
    await waitFor('the relay says what it sends', isCounted, stepMs);
    const node = await work();
    expect(node?.kbpsIn).toBeGreaterThan(0);
    expect(node?.memory.usedBytes).toBeGreaterThan(0);
    const busy = node?.lanes.filter(({ ingests, pushes }) => ingests + pushes > 0) ?? [];
    const pushes = busy.reduce((sum, lane) => sum + lane.pushes, 0);
    expect(pushes, 'a preview is no push').toBe(1);
    for (const { load } of busy) expect(load).toBeGreaterThan(0);
    const { body } = await forkcast.api.request('GET', '/system');
    const well = { ok: true, detail: null };
    expect(body).toMatchObject({
      postgres: { ...well, pendingMigrations: [] },
      redis: well,
      queues: well,
      certificates: [{ isSelfMade: true, daysLeft: expect.any(Number) }],
    });
  });

  it('is not warned of an uplink that it does not use', async () => {
    const { warnings } = await forkcast.api.status(stream.id);
    expect(warnings).toEqual([]);
  });

  it('is watched in the page', async () => {
    await signIn();
    await more('Trial', 'Watch');
    const shown = () => page.evaluate<{ width: number; seconds: number }>(LOOK);
    await waitFor('the picture moves', async () => (await shown()).seconds > 1, stepMs);
    expect(await shown()).toMatchObject({ width: 640 });
    await dialog().getByRole('button', { name: 'Close' }).click();
    expect(browser.faults).toEqual([]);
  });

  it('is seen in the room of the stream: pictures that move, and what comes in', async () => {
    await page.goto(new URL(`/streams/${stream.id}`, page.url()).href);
    const region = (name: string) => page.getByRole('region', { name, exact: true });
    await region('What comes in').getByText('640 × 360, 30 fps, H.264').waitFor();
    await region('What comes in').getByText('every 2.0 s').waitFor();
    expect(await page.locator('video').count()).toBe(0);
    await region('Picture').getByRole('button', { name: 'Show the picture' }).click();
    const frame = () => page.evaluate<Frame>(FRAME);
    await waitFor('a picture is there', async () => (await frame()).seconds > 0, stepMs);
    const first = await frame();
    expect(first.size).toEqual([640, 360]);
    let later = first;
    const isLater = async () => {
      later = await frame();
      return later.seconds - first.seconds > 0.7;
    };
    await waitFor('the picture goes on', isLater, stepMs);
    expect(distanceOf(first.pixels, later.pixels)).toBeGreaterThan(FRAMES_DIFFER_BY);
    await region('Picture').getByRole('button', { name: 'Show the sound level' }).click();
    await region('Picture')
      .getByText(/^-\d+ dB$/)
      .waitFor();
    await region('Picture').getByRole('button', { name: 'Hide the picture' }).click();
    await page.locator('video').waitFor({ state: 'detached' });
    expect(browser.faults).toEqual([]);
  });

  it('is told of what a real destination would need', async () => {
    await forkcast.api.addDestination(stream.id, {
      name: 'Channel',
      url: nginx.url,
      streamKey: 'rehearsal',
    });
    const words = /All destinations together need [\d.]+ Mbit\/s/;
    await page.getByText(words).first().waitFor();
    await expect
      .poll(async () => (await forkcast.api.status(stream.id)).warnings)
      .toMatchObject([{ code: 'UPLINK_SHORT', limit: 100, message: expect.stringMatching(words) }]);
  });

  it('tests a destination that is stopped, step by step', async () => {
    await page.getByRole('switch', { name: 'Send to Channel' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Stop Channel' }).click();
    await row('Channel').getByText('Off', { exact: true }).waitFor();
    await more('Channel', 'Test…');
    await dialog().getByRole('button', { name: 'Test', exact: true }).click();
    await dialog().getByText('Everything that was tested works.').waitFor();
    await dialog().getByText('The server knows the application in the URL.').waitFor();
    await dialog().getByText('127.0.0.1', { exact: true }).waitFor();
  });

  it('tests a key, too, where the platform shows it to nobody', async () => {
    const { id } = await forkcast.api.addDestination(stream.id, {
      name: 'Private',
      platform: 'twitch',
      url: nginx.url,
      streamKey: 'private-4711-key',
      enabled: false,
    });
    const path = `/destinations/${id}/test`;
    const order = { publish: true };
    const { body } = await forkcast.api.request<PreflightResult>('POST', path, order);
    expect(body).toMatchObject({ ok: true, error: null });
    expect(body.steps.at(-1)).toMatchObject({ name: 'publish', ok: true });
    expect(await nginx.publishes('private-4711-key')).toBe(1);
  });

  async function signIn(): Promise<void> {
    const link = /http:\/\/\S+\/setup\?token=\S+/.exec(forkcast.output)?.[0];
    await page.goto(link ?? 'about:blank');
    await page.getByLabel('E-mail').fill('owner@example.com');
    await page.getByLabel('Password').fill('a sentence to remember');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'Dress rehearsal' }).waitFor();
  }
});

/** The first bytes of an answer that does not end by itself. */
async function readFrom(answer: Response, bytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  if (answer.body === null) throw new Error('the answer has a body');
  const reader = answer.body.getReader();
  while (length < bytes) {
    const { value } = (await reader.read()) as { readonly value?: Uint8Array };
    if (value === undefined) break;
    pieces.push(value);
    length += value.length;
  }
  await reader.cancel();
  return Buffer.concat(pieces);
}

function distanceOf(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, index) => sum + Math.abs(value - (other[index] ?? 0)), 0);
}
