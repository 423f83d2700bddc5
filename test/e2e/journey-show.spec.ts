import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Destination, StreamWithKey } from '#contracts';
import type { RunningProgram } from '#testing';
import { mediaSource, NginxRtmp, publishWithFfmpeg, ScriptedDestination } from '#testing';
import { openPage } from '../browser.ts';
import type { OpenPage } from '../browser.ts';
import { CANARY } from './canary-watch.ts';
import { Forkcast } from './forkcast.ts';
import { checkSpliced } from './recordings.ts';

/** Reconnecting takes a while by design. */
const stepMs = 30_000;
/** What a stranger would like the page to take for its own. */
const MARKUP = '<img src=x onerror="window.hit=1">';
const RIGHT_KEY = 'the-right-key';
const NEW_KEY = `${CANARY}the-new-key`;
/** How the page tells what a platform has answered. */
const SAID = `The server said: “NetStream.Publish.Denied: ${MARKUP}”`;
const STREAM = `Friday show ${MARKUP}`;
const STRANGE = `Third channel ${MARKUP}`;

/** For the page: from now on it remembers in which tones it has shown the row of that name. */
const watchTones = (name: string): string => `{
  const row = [...document.querySelectorAll('li[data-state]')].find(({ textContent }) =>
    textContent.includes(${JSON.stringify(name)}),
  );
  const tones = new Set();
  window.tones = tones;
  const look = () => {
    for (const { className } of row.querySelectorAll('p, div, span')) tones.add(String(className));
  };
  look();
  new MutationObserver(look).observe(row, { subtree: true, childList: true, attributes: true });
}`;

/** A show with all that may happen in one, seen and mended on the page alone. */
describe('a show', () => {
  let forkcast: Forkcast;
  let steady: NginxRtmp;
  let fragile: NginxRtmp;
  let strange: ScriptedDestination;
  let browser: OpenPage;
  let page: Page;
  let stream: StreamWithKey;
  let main: Destination;
  let encoder: RunningProgram | undefined;

  beforeAll(async () => {
    forkcast = await Forkcast.start();
    steady = await NginxRtmp.start(join(forkcast.directory, 'steady'));
    fragile = await NginxRtmp.start(join(forkcast.directory, 'fragile'));
    strange = await ScriptedDestination.open({
      answers: {
        publish: (link, { parameters: [key] }) => {
          if (key === RIGHT_KEY) link.status('status', 'NetStream.Publish.Start', MARKUP);
          else link.status('error', 'NetStream.Publish.Denied', MARKUP);
        },
      },
    });
    const { api } = forkcast;
    forkcast.watch.canaries.plant('the new key', NEW_KEY);
    stream = await api.createStream({ name: STREAM });
    const wish = { url: steady.url, streamKey: 'main' };
    main = await api.addDestination(stream.id, { name: 'Main channel', ...wish });
    const second = { name: 'Second channel', url: fragile.url, streamKey: 'second' };
    await api.addDestination(stream.id, second);
    browser = await openPage(stepMs);
    ({ page } = browser);
    await signIn();
    await encode();
  });

  afterAll(async () => {
    await encoder?.kill();
    await browser.close();
    await Promise.all([steady.stop(), fragile.stop(), strange.close()]);
    await forkcast.close();
  });

  async function signIn(): Promise<void> {
    const link = /http:\/\/\S+\/setup\?token=\S+/.exec(forkcast.output)?.[0];
    await page.goto(link ?? 'about:blank');
    await page.getByLabel('E-mail').fill('owner@example.com');
    await page.getByLabel('Password').fill('a sentence to remember');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: STREAM }).first().waitFor();
    await enter(`/streams/${stream.id}`, STREAM);
  }

  async function encode(): Promise<void> {
    encoder = publishWithFfmpeg({
      url: forkcast.publishUrl(stream),
      file: await mediaSource(),
      endless: true,
      encoder: MARKUP,
      metadata: { title: MARKUP, comment: MARKUP },
    });
  }

  const row = (name: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
  const isIn = (name: string, word: string) => row(name).getByText(word, { exact: true }).waitFor();
  const dialog = () => page.getByRole('dialog').or(page.getByRole('alertdialog'));
  const enter = async (path: string, heading: string): Promise<void> => {
    await page.goto(new URL(path, page.url()).href);
    await page.getByRole('heading', { name: heading }).first().waitFor();
  };
  /** It stands there letter by letter, and is nothing but letters. */
  const isText = async (words = MARKUP): Promise<void> => {
    await page.getByText(words).first().waitFor({ state: 'attached' });
    const made = "[typeof window.hit, document.querySelectorAll('img[src=x]').length]";
    expect(await page.evaluate(made)).toEqual(['undefined', 0]);
  };

  it('goes live on both of its channels, with an encoder of a strange name', async () => {
    await isIn('Main channel', 'Live');
    await isIn('Second channel', 'Live');
    await page.getByRole('region', { name: 'What comes in' }).getByText(MARKUP).first().waitFor();
    await isText();
  });

  it('stays calm while a platform is away, and is green when it is back', async () => {
    await page.evaluate(watchTones('Second channel'));
    await fragile.kill();
    await isIn('Second channel', 'Reconnecting');
    await fragile.start();
    await isIn('Second channel', 'Live');
    const tones = (await page.evaluate<string[]>('[...window.tones]')).join(' ');
    expect(tones).toContain('tone-fair');
    expect(tones).not.toContain('tone-bad');
  });

  it('is red when a key is refused, and says with which words', async () => {
    const wish = { name: STRANGE, url: strange.url(), streamKey: 'a-wrong-key' };
    await forkcast.api.addDestination(stream.id, wish);
    await isIn('Third channel', 'Reconnecting');
    await row('Third channel')
      .getByRole('button', { name: /^Retry/ })
      .click();
    await isIn('Third channel', 'Needs you');
    await isText(SAID);
    expect(await page.title()).toContain(MARKUP);
  });

  it('is green again with the right key', async () => {
    await row('Third channel')
      .getByRole('button', { name: /^Edit key/ })
      .click();
    await dialog().getByLabel('Stream key').fill(RIGHT_KEY);
    await dialog().getByRole('button', { name: 'Save key' }).click();
    await isIn('Third channel', 'Live');
  });

  it('has a key replaced while it is live', async () => {
    const { attempt } = await forkcast.push(main, 'live');
    await page.getByRole('button', { name: 'More about Second channel' }).click();
    await page.getByRole('menuitem', { name: 'Edit key' }).click();
    await dialog().getByLabel('Stream key').fill(NEW_KEY);
    await dialog().getByRole('button', { name: 'Save and reconnect' }).click();
    await expect.poll(() => fragile.publishes(NEW_KEY), { timeout: stepMs }).toBe(1);
    await isIn('Second channel', 'Live');
    expect((await forkcast.push(main, 'live')).attempt).toBe(attempt);
  });

  it('holds what it has when the encoder dies, and counts down', async () => {
    await encoder?.kill();
    const left = page.getByText(/[Ee]nds in \d+ s/).first();
    await left.waitFor();
    await encode();
    await left.waitFor({ state: 'detached' });
    await isIn('Main channel', 'Live');
  });

  it('is ended when asked, and asked again', async () => {
    await page.getByRole('button', { name: /^End broadcast: / }).click();
    await dialog().getByText(MARKUP).first().waitFor();
    await dialog().getByRole('button', { name: 'End broadcast' }).click();
    await isIn('Main channel', 'Awaiting stream');
  });

  it('has hurt none of what the steady platform recorded', async () => {
    expect(await steady.publishes('main')).toBe(1);
    const [recording = 'none', ...more] = await steady.recordings();
    expect(more).toEqual([]);
    const { runs } = await checkSpliced(recording, 'plain');
    const joins = runs.filter(({ kind }) => kind === 'source').slice(1);
    // The file from its beginning: it was over, or another encoder came.
    expect(joins.map(({ frame }) => frame)).toEqual(joins.map(() => 0));
    expect(runs.some(({ kind }) => kind === 'held')).toBe(true);
  });

  it.each([
    ['the history', '/history', 'History'],
    ['the audit log', '/audit', 'Audit log'],
  ])("writes strangers' words in %s", async (_, path, heading) => {
    await enter(path, heading);
    await isText();
  });

  it('writes them in a dock', async () => {
    await enter(`/dock/${stream.id}`, STREAM);
    await page.getByRole('list', { name: 'Destinations' }).getByText(STRANGE).first().waitFor();
    await isText();
  });

  it('writes them in what is kept of the broadcast', async () => {
    await enter('/history', 'History');
    await page.getByRole('link', { name: /\d/ }).first().click();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    await isText(SAID);
  });

  it('has run without a fault and without offending its policy', () => {
    expect(browser.faults).toEqual([]);
  });
});
