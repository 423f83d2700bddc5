import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FirstAdministrator } from '../../apps/api/src/auth/first-administrator.ts';
import { axeOf, reachedByTab } from '../axe.ts';
import { openPage } from '../browser.ts';
import type { OpenPage } from '../browser.ts';
import { writeAt } from '../keyboard.ts';
import { fits } from '../page-width.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

/** Longer than anything here takes, shorter than the case's own deadline. */
const waitMs = 10_000;
const email = 'owner@example.com';
const password = 'a sentence to remember';
const longName = 'Übertragung'.repeat(6);
const height = 800;
const narrow = { width: 320, height };
/** Both widths and both schemes; axe looks as long as all else takes, so not at each with each. */
const looks = [
  { size: { width: 1_100, height }, colorScheme: 'light' },
  { size: narrow, colorScheme: 'dark' },
] as const;
const rooms = [
  '/streams',
  '/history',
  '/people',
  '/webhooks',
  '/audit',
  '/usage',
  '/admin',
  '/welcome',
  '/nowhere',
];

describe('every page', () => {
  let api: ApiUnderTest;
  let browser: OpenPage;
  let page: Page;

  const makeStream = async (name: string): Promise<void> => {
    const options = { body: { name }, headers: asBootstrap };
    const answer = await api.call('POST', '/api/v1/streams', options);
    const { id } = (await answer.json()) as { id: string };
    const destination = { name, url: 'rtmp://live.example/app', streamKey: 'a-key-of-a-test' };
    const path = `/api/v1/streams/${id}/destinations`;
    await api.call('POST', path, { ...options, body: destination });
  };

  beforeAll(async () => {
    api = await startApi();
    const link = await api.app.get(FirstAdministrator).prepare();
    const token = new URL(link!, api.url).searchParams.get('token');
    await api.call('POST', '/api/v1/setup', { body: { token, email, password } });
    await makeStream(longName);
    browser = await openPage(waitMs);
    ({ page } = browser);
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  /** In both looks; afterwards it is wide and light. */
  const looksWell = async (): Promise<void> => {
    for (const { size, colorScheme } of looks.toReversed()) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await fits(page, size.width);
      expect(await axeOf(page)).toEqual([]);
    }
  };
  /** By the address, but within the page: it is not loaded anew. */
  const enter = async (path: string): Promise<void> => {
    await page.evaluate(`history.pushState(null, '', ${JSON.stringify(path)})`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText('Loading…').first().waitFor({ state: 'detached' });
  };

  it('signs in, by keyboard', async () => {
    await page.goto(api.url);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await looksWell();
    await writeAt(page, page.getByLabel('E-mail'), email);
    await writeAt(page, page.getByLabel('Password'), password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: longName }).first().waitFor();
    await page.getByRole('button', { name: 'Connected', exact: true }).waitFor();
    await looksWell();
  });

  it('is reached by the Tab key, from the way past the navigation to the last button', async () => {
    const names = await reachedByTab(page);
    expect(names[0]).toBe('Skip to the content');
    for (const name of ['Streams', 'Account', 'Add destination', `Send to ${longName}`]) {
      expect(names).toContain(name);
    }
  });

  it.each([
    ['Add destination', '/'],
    ['Create stream', '/streams'],
  ])('opens the dialog behind %j', async (name, path) => {
    await enter(path);
    await page.getByRole('button', { name, exact: true }).first().click();
    await page.getByRole('dialog').waitFor();
    await looksWell();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it.each([
    ['menu', 'Account'],
    ['menu', 'More'],
    ['menu', `More about ${longName}`],
    ['dialog', 'Connected'],
    ['dialog', `Awaiting stream: how this is known of ${longName}`],
  ] as const)('opens the %s behind %j', async (role, name) => {
    await enter('/');
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole(role).waitFor();
    await looksWell();
    await page.keyboard.press('Escape');
    await page.getByRole(role).waitFor({ state: 'detached' });
  });

  it.each(rooms)('shows %s by its address', async (path) => {
    await enter(path);
    await looksWell();
  });

  it('walks into a room, where the focus is on its heading', async () => {
    await page.getByRole('link', { name: 'People and tokens' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'People and tokens' }).waitFor();
    await expect.poll(() => page.locator(':focus').textContent()).toBe('People and tokens');
    expect(await page.title()).toBe('People and tokens · Forkcast');
  });

  it('changes the colours, and finds them so again', async () => {
    const ground = () => page.evaluate('getComputedStyle(document.documentElement).colorScheme');
    await page.getByRole('button', { name: 'Account' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Dark colours' }).waitFor();
    await page.keyboard.press('d');
    await page.keyboard.press('Enter');
    await expect.poll(ground).toBe('dark');
    await page.reload();
    await page.getByRole('heading', { name: 'People and tokens' }).waitFor();
    expect(await ground()).toBe('dark');
  });

  it('ends another session from the account, and says so', async () => {
    await api.call('POST', '/api/v1/session', { body: { email, password } });
    await page.goto(`${api.url}/account`);
    await page.getByText('this one').waitFor();
    await looksWell();
    await page
      .getByRole('button', { name: /^End the session/ })
      .first()
      .click();
    await page.getByText('The session was ended.').first().waitFor();
    expect(await axeOf(page)).toEqual([]);
  });

  it('has run without a fault and without offending its policy', () => {
    expect(browser.faults).toEqual([]);
  });
});
