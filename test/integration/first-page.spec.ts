import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PushState, StreamStatus } from '#contracts';
import { systemClock } from '#kernel';
import { openLive } from '#live';
import type { Live } from '#live';
import { newId, openDatabase } from '#persistence';
import { openQueues } from '#queue';
import { FirstAdministrator } from '../../apps/api/src/auth/first-administrator.ts';
import { openPage } from '../browser.ts';
import type { OpenPage } from '../browser.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

const dashboardRoot = join(import.meta.dirname, '../../apps/dashboard');
/** Longer than anything here takes, shorter than the case's own deadline. */
const waitMs = 10_000;
const email = 'owner@example.com';
const password = 'a sentence to remember';

/** Plays the relay: says of a stream what a relay would say. */
class PlayedRelay {
  readonly #live: Live;
  readonly #streamId: string;

  constructor(live: Live, streamId: string) {
    this.#live = live;
    this.#streamId = streamId;
  }

  /** As it stands in the status that `say` tells. */
  readonly broadcastId = '01920000-0000-7000-8000-00000000000b';

  async tell(code: string, message: string): Promise<void> {
    await this.#live.events.appendEvent({
      type: 'incident',
      streamId: this.#streamId,
      broadcastId: this.broadcastId,
      at: new Date(systemClock.wallMs()).toISOString(),
      code,
      message,
    });
  }

  async say(destinationId: string, state: PushState, kbps = 0): Promise<void> {
    const status = this.#status(destinationId, state, kbps);
    await this.#live.status.putStatus(status);
    await this.#live.events.appendEvent({
      type: 'stream.status',
      streamId: this.#streamId,
      status,
    });
  }

  #status(destinationId: string, state: PushState, kbps: number): StreamStatus {
    const now = new Date(systemClock.wallMs()).toISOString();
    const rejected = state === 'needs_attention';
    return {
      streamId: this.#streamId,
      state: 'live',
      broadcast: { id: this.broadcastId, startedAt: now },
      ingest: null,
      activeInput: null,
      inputs: { primary: null, backup: null },
      graceEndsAt: null,
      hold: null,
      delaySecondsMax: null,
      pushes: [
        {
          destinationId,
          enabled: true,
          state,
          since: now,
          attempt: 1,
          nextRetryAt: null,
          lastError: rejected
            ? { code: 'KEY_REJECTED', class: 'rejected', message: 'The key was refused.', at: now }
            : null,
          evidence: {
            tcp: null,
            tls: null,
            publishAccepted: null,
            bytesWritten: 0,
            bytesAcked: 0,
            lastProgressAt: null,
          },
          kbps,
          lagMs: 0,
          delayMs: 0,
          delayWantedMs: 0,
          startsAt: null,
          target: 'main',
          drainingUntil: null,
          droppedFrames: 0,
        },
      ],
      updatedAt: now,
    };
  }
}

describe('the first page', () => {
  let api: ApiUnderTest;
  let live: Live;
  let browser: OpenPage;
  let page: Page;

  beforeAll(async () => {
    await build({ root: dashboardRoot, logLevel: 'warn' });
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

  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name });
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
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('not that sentence');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Create your first stream').waitFor();
  });

  it('creates a stream and shows its key once', async () => {
    await page.getByRole('button', { name: 'Create stream' }).click();
    await page.getByLabel('Name').fill('Friday show');
    await page.getByRole('dialog').getByRole('button', { name: 'Create stream' }).click();
    const key = await page
      .getByRole('dialog')
      .getByLabel('Stream key', { exact: true })
      .inputValue();
    expect(key).toMatch(/^fc_.{20,}$/);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('heading', { name: 'Friday show' }).waitFor();
    expect(await page.content()).not.toContain(key);
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
    await row('Main channel').getByRole('button', { name: 'Retry' }).waitFor();
  });

  it('asks before it stops what viewers are watching', async () => {
    const relay = new PlayedRelay(live, await streamId());
    await relay.say(await destinationId(), 'live', 6000);
    await row('Main channel').getByText('6,000 kbit/s').waitFor();
    await page.getByRole('button', { name: 'Stop Main channel' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('button', { name: 'Start Main channel' }).waitFor();
  });

  it('tells what happens in the broadcast, newest first', async () => {
    const relay = new PlayedRelay(live, await streamId());
    await relay.tell('ENCODER_LOST', 'The encoder’s connection was lost.');
    await relay.tell('ENCODER_RETURNED', 'The encoder is back.');
    await page.getByText('What happened').click();
    const incidents = page.locator('.incidents li p');
    await incidents.filter({ hasText: 'The encoder is back.' }).waitFor();
    const [first, second] = await incidents.allTextContents();
    expect([first, second]).toEqual(['The encoder is back.', 'The encoder’s connection was lost.']);
  });

  it('reads what happened before it was opened', async () => {
    const relay = new PlayedRelay(live, await streamId());
    const at = '2026-01-01T12:00:00.000Z';
    const whose = { streamId: await streamId(), at };
    const database = openDatabase({ url: api.database.url });
    await database.history.write([
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
        code: 'BROADCAST_STARTED',
        message: 'The broadcast began: an encoder publishes over RTMPS.',
      },
    ]);
    await database.close();
    await relay.say(await destinationId(), 'live', 6000);
    await page.reload();
    await page.getByText('What happened').click();
    await page.locator('.incidents li', { hasText: 'over RTMPS' }).waitFor();
  });

  it('ends the broadcast, after asking', async () => {
    const id = await streamId();
    await live.ownership.claimStream(id, 'node-1');
    const told: unknown[] = [];
    const queues = openQueues({ url: api.redis.url, onFault: () => undefined });
    queues.relayCommands.consume('node-1', async (command) => void told.push(command));
    await page.getByRole('button', { name: 'End the broadcast of Friday show' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End broadcast' }).click();
    await expect
      .poll(() => told)
      .toContainEqual(expect.objectContaining({ kind: 'endBroadcast', streamId: id }));
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
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(360);
  });

  it('has run without a fault and without offending its policy', () => {
    expect(browser.faults).toEqual([]);
  });
});
