import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FirstAdministrator } from '../../apps/api/src/auth/first-administrator.ts';
import { axeOf, reachedByTab } from '../axe.ts';
import { openPage } from '../browser.ts';
import type { OpenPage } from '../browser.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

/** Longer than anything here takes, shorter than the case's own deadline. */
const waitMs = 10_000;
const email = 'owner@example.com';
const password = 'a sentence to remember';
const narrowPixels = 320;
const longName = 'Übertragung'.repeat(6);
const rooms = [
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
    const body = { token, email, password };
    await api.call('POST', '/api/v1/setup', { body });
    await makeStream(longName);
  });
  afterAll(() => api.close());

  describe.each(['light', 'dark'] as const)('in %s colours', (scheme) => {
    describe.each([1_100, narrowPixels])('%i pixels wide', (widthPixels) => {
      let browser: OpenPage;

      beforeAll(async () => {
        browser = await openPage(waitMs, { scheme, widthPixels });
      });
      afterAll(() => browser.close());

      const looksWell = async (): Promise<void> => {
        const { page } = browser;
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(widthPixels);
        expect(await axeOf(page)).toEqual([]);
      };

      it('signs in', async () => {
        const { page } = browser;
        await page.goto(api.url);
        await page.getByRole('heading', { name: 'Sign in' }).waitFor();
        await looksWell();
        await page.getByLabel('E-mail').fill(email);
        await page.getByLabel('Password').fill(password);
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.getByRole('heading', { name: 'Streams' }).waitFor();
      });

      it('shows the streams', async () => {
        const { page } = browser;
        await page.getByRole('heading', { name: longName }).first().waitFor();
        await page.getByRole('button', { name: 'Connected', exact: true }).waitFor();
        await looksWell();
      });

      it.each(['Create stream', 'Add destination', `Settings of ${longName}`])(
        'opens the dialog behind %j',
        async (name) => {
          const { page } = browser;
          await page.getByRole('button', { name, exact: true }).first().click();
          await page.getByRole('dialog').waitFor();
          await looksWell();
          await page.keyboard.press('Escape');
          await page.getByRole('dialog').waitFor({ state: 'detached' });
        },
      );

      it('opens the menu of the account', async () => {
        const { page } = browser;
        await page.getByRole('button', { name: 'Account' }).click();
        await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
        await looksWell();
        await page.getByRole('menuitem', { name: email }).click();
        await page.getByRole('heading', { name: 'Account', exact: true }).waitFor();
      });

      it('shows the account', async () => {
        const { page } = browser;
        await page.getByText('this one').waitFor();
        await looksWell();
      });

      it.each(rooms)('shows %s by its address', async (path) => {
        const { page } = browser;
        await page.goto(api.url + path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await looksWell();
      });

      it('has run without a fault and without offending its policy', () => {
        expect(browser.faults).toEqual([]);
      });
    });
  });

  describe('by keyboard', () => {
    let browser: OpenPage;

    beforeAll(async () => {
      browser = await openPage(waitMs);
      const { page } = browser;
      await page.goto(api.url);
      await page.getByLabel('E-mail').focus();
      await page.keyboard.type(email);
      await page.keyboard.press('Tab');
      await page.keyboard.type(password);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Add destination' }).waitFor();
    });
    afterAll(() => browser.close());

    it('reaches what there is, from the way past the navigation to the last button', async () => {
      const names = await reachedByTab(browser.page);
      expect(names[0]).toBe('Skip to the content');
      for (const name of ['Streams', 'Account', 'Add destination', `Stop ${longName}`]) {
        expect(names).toContain(name);
      }
    });

    it('walks into a room, where the focus is on its heading', async () => {
      const { page } = browser;
      await page.getByRole('link', { name: 'People and tokens' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'People and tokens' }).waitFor();
      await expect.poll(() => page.locator(':focus').textContent()).toBe('People and tokens');
      expect(await page.title()).toBe('People and tokens · Forkcast');
      await page.goBack();
      await page.getByRole('heading', { name: 'Streams' }).waitFor();
    });

    it('changes the colours, and finds them so again', async () => {
      const { page } = browser;
      const ground = () => page.evaluate('getComputedStyle(document.documentElement).colorScheme');
      await page.getByRole('button', { name: 'Account' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('menuitem', { name: 'Dark colours' }).waitFor();
      await page.keyboard.press('d');
      await page.keyboard.press('Enter');
      await expect.poll(ground).toBe('dark');
      await page.reload();
      await page.getByRole('button', { name: 'Add destination' }).waitFor();
      expect(await ground()).toBe('dark');
    });
  });

  it('ends another session from the account, and says so', async () => {
    const [one, other] = await Promise.all([openPage(waitMs), openPage(waitMs)]);
    for (const { page } of [one, other]) {
      await page.goto(`${api.url}/account`);
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { name: 'Account', exact: true }).waitFor();
    }
    const ends = one.page.getByRole('button', { name: /^End the session/ });
    await one.page.reload();
    await ends.first().click();
    await one.page.getByText('The session was ended.').first().waitFor();
    expect(await axeOf(one.page)).toEqual([]);
    await Promise.all([one.close(), other.close()]);
  });
});
