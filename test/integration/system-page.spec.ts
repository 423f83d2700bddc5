import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLive } from '#live';
import type { Live, NodePresence } from '#live';
import { axeOf } from '../axe.ts';
import type { OpenPage } from '../browser.ts';
import { fits } from '../page-width.ts';
import { startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { openAsOwner } from './signed-in-page.ts';

/** Longer than anything here takes: the page looks again every five seconds. */
const waitMs = 15_000;
const narrowPixels = 320;
const dayMs = 86_400_000;

const relay: NodePresence = {
  nodeId: 'relay-a',
  startedAt: new Date(Date.now() - dayMs).toISOString(),
  saidAt: new Date().toISOString(),
  lanes: 2,
  streams: 4,
  memory: { usedBytes: 310_000_000, budgetBytes: 900_000_000 },
  kbpsIn: 24_000,
  kbpsOut: 71_000,
  uplinkKbps: 100_000,
  laneFigures: [
    { lane: 0, isUp: true, load: 0.41, ingests: 2, pushes: 5 },
    { lane: 1, isUp: false, load: 0, ingests: 0, pushes: 0 },
  ],
  refusedPublishes: [{ at: new Date().toISOString(), address: '192.0.2.7', reason: 'wrong-key' }],
  certificate: {
    subject: 'CN=live.example.com',
    issuer: 'CN=live.example.com',
    expiresAt: new Date(Date.now() + 12.5 * dayMs).toISOString(),
    isSelfMade: true,
  },
};

describe('the page of how the instance is', () => {
  let api: ApiUnderTest;
  let live: Live;
  let browser: OpenPage;
  let page: Page;

  beforeAll(async () => {
    api = await startApi();
    live = openLive({ url: api.redis.url, onFault: () => undefined });
    browser = await openAsOwner(api, waitMs);
    ({ page } = browser);
    await page.goto(`${api.url}/admin`);
  });
  afterAll(async () => {
    live.close();
    await browser.close();
    await api.close();
  });

  const region = (name: string) => page.getByRole('region', { name });

  it('says what Forkcast leans on, and that no relay is there', async () => {
    await region('System')
      .getByText(/Answers in \d+ ms/)
      .first()
      .waitFor();
    await region('System').getByText('Nothing waits').waitFor();
    await region('Relays').getByText('No relay is there').waitFor();
    expect(await axeOf(page)).toEqual([]);
  });

  it('shows a relay that has come, its lanes, and the days of its certificate', async () => {
    await live.presence.announceNode(relay);
    const relays = region('Relays');
    await relays.getByRole('heading', { name: 'relay-a' }).waitFor();
    await relays.getByText('4 streams, in 24,000 kbit/s').waitFor();
    await relays.getByText('71,000 kbit/s of 100,000 kbit/s').waitFor();
    await relays.getByText('310 MB of 900 MB').waitFor();
    const shares = `[...document.querySelectorAll('meter')].map((one) => one.value / one.max)`;
    expect(await page.evaluate(shares)).toEqual([0.71, 310 / 900, 0.41]);
    await relays.getByText('41 %, 2 in, 5 out').waitFor();
    await relays.getByText('starts again').waitFor();
    await relays.getByText('Encoders that were not let in').click();
    await relays.getByText(/^192\.0\.2\.7, .*its key opens no stream/).waitFor();
    await page.setViewportSize({ width: narrowPixels, height: 800 });
    await fits(page, narrowPixels);
    expect(await axeOf(page)).toEqual([]);
    await live.presence.announceNode(relay);
    await region('System').getByText('12 days left (self-made)').waitFor();
    await region('System').getByText('OBS refuses it').waitFor();
  });

  it('says that Redis is away, and later that it is back', async () => {
    const away = region('System').getByText('Away').first();
    api.redis.freeze();
    await away.waitFor();
    api.redis.thaw();
    await away.waitFor({ state: 'detached' });
  });

  it('says what is missing when nobody can be known, and what goes on', async () => {
    await page.route('**/api/v1/system', (route) => route.fulfill({ status: 503, json: {} }));
    await page.route('**/readyz', (route) => {
      const missing = [{ name: 'postgres', reason: 'It refused the connection.' }];
      return route.fulfill({ status: 503, json: { status: 'unready', missing } });
    });
    await region('System').getByText('Postgres does not answer').waitFor();
    await region('System').getByText('Broadcasts that are live go on').waitFor();
    await region('System').getByText('It refused the connection.').waitFor();
    expect(browser.faults).toEqual([]);
  });

  it('says at the door, too, what is missing', async () => {
    const detail = 'The database does not answer; try again soon.';
    const away = { status: 503, code: 'STORE_UNAVAILABLE', detail };
    await page.route('**/api/v1/session', (route) => route.fulfill({ status: 503, json: away }));
    await page.reload();
    await page.getByRole('heading', { name: 'Forkcast is not ready' }).waitFor();
    await page.getByText(`${detail} Broadcasts that are live go on.`).waitFor();
  });
});
