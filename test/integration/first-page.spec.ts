import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputStatus } from '#contracts';
import { systemClock } from '#kernel';
import { openLive } from '#live';
import type { Live } from '#live';
import { newId, openDatabase } from '#persistence';
import { openQueues } from '#queue';
import { FirstAdministrator } from '../../apps/api/src/auth/first-administrator.ts';
import { openPage } from '../browser.ts';
import type { OpenPage } from '../browser.ts';
import { fits } from '../page-width.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { PlayedRelay } from './played-relay.ts';

/** Longer than anything here takes, shorter than the case's own deadline. */
const waitMs = 10_000;
const email = 'owner@example.com';
const password = 'a sentence to remember';

const input: InputStatus = {
  connectedAt: '2026-01-01T12:00:00.000Z',
  protocol: 'rtmps',
  encoder: 'OBS',
  kbps: 6_000,
  video: null,
  audio: null,
  warnings: [],
  health: 'well',
};

const hostile = (from: string) => `${from} <img src=x onerror="globalThis.harmed = true">`;

describe('the first page', () => {
  let api: ApiUnderTest;
  let live: Live;
  let browser: OpenPage;
  let page: Page;

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

  const part = (name: string) => page.getByRole('region', { name, exact: true });
  const row = (name: string) =>
    part('Destinations').getByRole('listitem').filter({ hasText: name });
  const wanted = () => page.getByRole('switch', { name: 'Send to Main channel' });
  const more = async (what: string) => {
    await page.getByRole('button', { name: 'More about Main channel' }).click();
    await page.getByRole('menuitem', { name: what }).click();
  };
  const destinationPath = async () => `/api/v1/destinations/${await destinationId()}`;
  const isEnabled = async () => {
    const answer = await api.call('GET', await destinationPath(), { headers: asBootstrap });
    return ((await answer.json()) as { enabled: boolean }).enabled;
  };
  const streamId = async (): Promise<string> => {
    const answer = await api.call('GET', '/api/v1/streams', { headers: asBootstrap });
    const { items } = (await answer.json()) as { items: Array<{ id: string }> };
    return items[0]!.id;
  };
  const destinationId = async (): Promise<string> => {
    const path = `/api/v1/streams/${await streamId()}/destinations`;
    const answer = await api.call('GET', path, { headers: asBootstrap });
    const { items } = (await answer.json()) as { items: Array<{ id: string }> };
    return items[0]!.id;
  };

  it('says at the door that nobody has an account yet', async () => {
    await page.goto(api.url);
    await page.getByText('Nobody has an account yet').waitFor();
  });

  it('makes the first administrator behind the set-up link, and forgets the link', async () => {
    const path = await api.app.get(FirstAdministrator).prepare();
    await page.goto(api.url + path);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('Create your first stream').waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  it('signs out, refuses a wrong password in words, and signs in', async () => {
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('not that sentence');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Create your first stream').waitFor();
  });

  it('creates a stream and shows its key once', async () => {
    await page.getByRole('link', { name: 'Do this later' }).click();
    await page.getByRole('button', { name: 'Create stream' }).click();
    await page.getByLabel('Name').fill('Friday show');
    await page.getByRole('dialog').getByRole('button', { name: 'Create stream' }).click();
    const key = await page
      .getByRole('dialog')
      .getByLabel('Stream key', { exact: true })
      .inputValue();
    expect(key).toMatch(/^fc_.{20,}$/);
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await page.content()).not.toContain(key);
    await page.goto(`${api.url}/streams/${await streamId()}`);
    await page.getByRole('heading', { name: 'Friday show', level: 1 }).waitFor();
    expect(await page.content()).not.toContain(key);
  });

  it('says of an address that leads to no stream what there is', async () => {
    await page.goto(`${api.url}/streams/${newId()}`);
    await page.getByRole('heading', { name: 'This stream is not here' }).waitFor();
    await page.getByRole('link', { name: 'Friday show' }).click();
    await page.getByText('No destinations yet').waitFor();
  });

  it('says at its field why a destination cannot be', async () => {
    await page.getByRole('button', { name: 'Add destination' }).click();
    await page.getByLabel('Name').fill('Main channel');
    await page.getByLabel('Server URL').fill('rtmp://127.0.0.1/live');
    await page.getByLabel('Stream key').fill('secret-key-of-the-platform');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Add destination' }).click();
    await dialog.locator('input[name=url][aria-invalid=true]').waitFor();
  });

  it('adds a destination, which then awaits the stream', async () => {
    await page.getByLabel('Server URL').fill('rtmps://live.example.com/app');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Add destination' }).click();
    await row('Main channel').getByText('Awaiting stream').waitFor();
    expect(await page.content()).not.toContain('secret-key-of-the-platform');
  });

  it('shows each change of state as it happens', async () => {
    const relay = new PlayedRelay(live, await streamId());
    const id = await destinationId();
    await relay.say(id, 'connecting');
    await row('Main channel').getByText('Connecting').waitFor();
    await relay.say(id, 'live', 6120);
    await row('Main channel').getByText('6,120 kbit/s').waitFor();
    await relay.say(id, 'needs_attention');
    await row('Main channel').getByText('The key was refused.').waitFor();
    await row('Main channel').getByRole('button', { name: 'Edit key: Main channel' }).waitFor();
    await relay.say(id, 'retrying');
    await row('Main channel').getByText('no action needed').waitFor();
    await row('Main channel').getByRole('button', { name: 'Retry now: Main channel' }).waitFor();
  });

  it('asks before it stops what viewers are watching', async () => {
    const relay = new PlayedRelay(live, await streamId());
    await relay.say(await destinationId(), 'live', 6000);
    await row('Main channel').getByText('6,000 kbit/s').waitFor();
    const question = page.getByRole('alertdialog', { name: 'Stop Main channel?' });
    await wanted().click();
    await expect.poll(() => page.locator(':focus').textContent()).toBe('Keep it on');
    await page.keyboard.press('Enter');
    await question.waitFor({ state: 'detached' });
    expect(await wanted().isChecked()).toBe(true);
    await wanted().click();
    await question.getByRole('button', { name: 'Stop Main channel' }).click();
    await expect.poll(() => wanted().isChecked()).toBe(false);
    await expect.poll(isEnabled, { timeout: waitMs }).toBe(false);
  });

  it('switches it on again, without a question', async () => {
    await wanted().click();
    await expect.poll(() => wanted().getAttribute('aria-busy')).toBeNull();
    expect(await wanted().isChecked()).toBe(true);
  });

  it('shows delay and lag apart, and which server it is', async () => {
    const relay = new PlayedRelay(live, await streamId());
    const id = await destinationId();
    const push = {
      delayMs: 12_000,
      delayWantedMs: 30_000,
      lagMs: 2_500,
      target: 'backup',
    } as const;
    await relay.say(id, 'live', 6000, { push });
    await row('Main channel').getByText('delay 12 s of 30 s').waitFor();
    await row('Main channel').getByText('lag 2.5 s').waitFor();
    await row('Main channel').getByText('backup server').waitFor();
    const startsAt = new Date(systemClock.wallMs() + 60_000).toISOString();
    await relay.say(id, 'connecting', 0, { push: { startsAt } });
    await row('Main channel').getByText('Delayed start').waitFor();
    await row('Main channel')
      .getByText(/^starts in \d+ s$/)
      .waitFor();
  });

  it('tells what is held while the encoder is away, and for how long', async () => {
    const relay = new PlayedRelay(live, await streamId());
    const id = await destinationId();
    const since = new Date(systemClock.wallMs()).toISOString();
    const graceEndsAt = new Date(systemClock.wallMs() + 60_000).toISOString();
    const reason = 'the last picture cannot be held in HEVC, but its keyframe can';
    const hold = { picture: 'keyframe', sound: 'none', reason, since } as const;
    await relay.say(id, 'live', 300, { state: 'grace', hold, graceEndsAt });
    await page.getByText('sent the last keyframe, again and again and no sound').waitFor();
    await page.getByText(reason).waitFor();
    await page.getByText(/^The broadcast ends in \d+ s unless an encoder comes back\.$/).waitFor();
    await relay.say(id, 'live', 6000);
    await page.locator('.hold').waitFor({ state: 'detached' });
  });

  it('shows both inputs, and switches to the other', async () => {
    const stream = await streamId();
    const relay = new PlayedRelay(live, stream);
    const id = await destinationId();
    await live.ownership.claimStream(stream, 'node-2');
    const told: unknown[] = [];
    const queues = openQueues({ url: api.redis.url, onFault: () => undefined });
    queues.relayCommands.consume('node-2', async (command) => void told.push(command));
    const inputs = { primary: input, backup: { ...input, health: 'frozen' } } as const;
    await relay.say(id, 'live', 6000, { activeInput: 'primary', inputs });
    await page.getByLabel('Primary input').getByText('On air').waitFor();
    await page.getByLabel('Backup input').getByText('Sends no picture').waitFor();
    const button = page.getByRole('button', { name: 'Switch to the backup input' });
    expect(await button.count()).toBe(0);
    await relay.say(id, 'live', 6000, {
      activeInput: 'primary',
      inputs: { primary: input, backup: input },
    });
    await page.getByLabel('Backup input').getByText('Standing by').waitFor();
    await button.click();
    const expected = { kind: 'switchInput', streamId: stream, to: 'backup' };
    await expect.poll(() => told).toContainEqual(expected);
    await live.ownership.releaseStream(stream, 'node-2');
    await queues.close();
  });

  it('changes how a destination behaves', async () => {
    await more('Settings…');
    await page.getByText('Backup server, outages, delay').click();
    await page.getByLabel('Backup server').fill('rtmps://backup.example.com/app');
    await page.getByLabel('Failures before').fill('0');
    await page.getByLabel('After an outage').selectOption('rewind');
    await page.getByLabel('Delay in seconds').fill('30');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(
      await (await api.call('GET', await destinationPath(), { headers: asBootstrap })).json(),
    ).toMatchObject({
      name: 'Main channel',
      url: 'rtmps://live.example.com/app',
      backupUrl: 'rtmps://backup.example.com/app',
      backupAfter: 0,
      resume: 'rewind',
      delaySeconds: 30,
    });
  });

  it('cuts what is still played out, after asking', async () => {
    const relay = new PlayedRelay(live, await streamId());
    const drainingUntil = new Date(systemClock.wallMs() + 30_000).toISOString();
    await relay.say(await destinationId(), 'draining', 6000, { push: { drainingUntil } });
    await row('Main channel')
      .getByText(/^ends in \d+ s at most$/)
      .waitFor();
    await wanted().click();
    await page.getByRole('button', { name: 'Cut now: Main channel' }).click();
    await page.getByRole('button', { name: 'Cut Main channel now' }).click();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await wanted().click();
    await expect.poll(() => wanted().isChecked()).toBe(true);
  });

  it('tells what happens in the broadcast, newest first', async () => {
    const relay = new PlayedRelay(live, await streamId());
    await relay.tell('ENCODER_LOST', 'The encoder’s connection was lost.');
    await relay.tell('ENCODER_RETURNED', 'The encoder is back.');
    const incidents = page.locator('.timeline-line .timeline-said > p:first-child');
    await incidents.filter({ hasText: 'The encoder is back.' }).waitFor();
    const [first, second] = await incidents.allTextContents();
    expect([first, second]).toEqual(['The encoder is back.', 'The encoder’s connection was lost.']);
  });

  it('reads what happened before it was opened', async () => {
    const relay = new PlayedRelay(live, await streamId());
    const at = '2026-01-01T12:00:00.000Z';
    const whose = { streamId: await streamId(), at };
    const database = openDatabase({ url: api.database.url });
    await database.system.history.write([
      {
        ...whose,
        kind: 'broadcast-started',
        id: relay.broadcastId,
        streamName: 'Friday show',
        nodeId: 'node-1',
      },
      {
        ...whose,
        kind: 'event',
        id: newId(),
        broadcastId: relay.broadcastId,
        position: Date.parse(at),
        about: 'broadcast',
        code: 'BROADCAST_STARTED',
        message: 'The broadcast began: an encoder publishes over RTMPS.',
      },
    ]);
    await database.close();
    await relay.say(await destinationId(), 'live', 6000);
    await page.reload();
    await part('What happened').getByText('over RTMPS').waitFor();
    await page.getByRole('link', { name: 'History of Friday show' }).click();
    await page.getByRole('button', { name: 'Look at any time' }).click();
    await page.getByText('Live now').waitFor();
    await page.getByRole('region', { name: 'Broadcasts' }).getByRole('link').first().click();
    const report = page.getByRole('link', { name: 'Download the report' });
    expect(await report.getAttribute('href')).toContain(relay.broadcastId);
    await page.goto(`${api.url}/streams/${await streamId()}`);
    // From here on it hears what is told.
    await page.getByRole('button', { name: 'Connected', exact: true }).waitFor();
  });

  it('shows what strangers said as text, whatever it is', async () => {
    const relay = new PlayedRelay(live, await streamId());
    const [words, encoder] = [hostile('the platform'), hostile('the encoder')];
    const at = new Date(systemClock.wallMs()).toISOString();
    const said = { code: 'KEY_REJECTED', class: 'rejected', message: 'Refused.', at };
    const lastError = { ...said, remoteWords: words };
    const ingest = { ...input, encoder };
    const seen = { ingest, inputs: { primary: ingest, backup: null }, push: { lastError } };
    await relay.say(await destinationId(), 'needs_attention', 0, seen);
    await relay.tell('KEY_REJECTED', hostile('an incident'), words);
    await row('Main channel').getByText('Refused.').waitFor();
    await row('Main channel').getByText('Details').click();
    await row('Main channel').getByText(`The server said: “${words}”`).waitFor();
    await page.getByText(encoder).first().waitFor();
    await part('What happened').getByText(hostile('an incident')).waitFor();
    await part('What happened').getByText(words).waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await page.evaluate('globalThis.harmed')).toBeUndefined();
  });

  it('ends the broadcast, after asking', async () => {
    const id = await streamId();
    await live.ownership.claimStream(id, 'node-1');
    const told: unknown[] = [];
    const queues = openQueues({ url: api.redis.url, onFault: () => undefined });
    queues.relayCommands.consume('node-1', async (command) => void told.push(command));
    await page.getByRole('button', { name: 'End broadcast: Friday show' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'End broadcast' }).click();
    await expect
      .poll(() => told)
      .toContainEqual(expect.objectContaining({ kind: 'endBroadcast', streamId: id }));
    await api.call('POST', `/api/v1/destinations/${await destinationId()}/start`, {
      headers: asBootstrap,
    });
    const push = { drainingUntil: new Date(systemClock.wallMs() + 30_000).toISOString() };
    const relay = new PlayedRelay(live, id);
    await relay.say(await destinationId(), 'draining', 6000, { broadcast: null, push });
    await page.getByRole('button', { name: 'Cut now: Friday show' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cut now' }).click();
    await expect.poll(() => told).toContainEqual(expect.objectContaining({ cut: true }));
    await queues.close();
  });

  it.each([
    ['Escape', () => page.keyboard.press('Escape')],
    ['its button', () => page.getByRole('button', { name: 'Cancel' }).click()],
  ])('closes a dialog by %s and gives the focus back to what opened it', async (_by, close) => {
    await page.getByRole('button', { name: 'Add destination' }).click();
    await close();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.locator(':focus').textContent()).toBe('Add destination');
  });

  it('fits a phone without scrolling sideways', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await fits(page, 360);
  });

  it('has run without a fault and without offending its policy', () => {
    expect(browser.faults).toEqual([]);
  });
});
