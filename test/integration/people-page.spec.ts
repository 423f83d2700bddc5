import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeOf } from '../axe.ts';
import type { OpenPage } from '../browser.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { openAsOwner, PASSWORD as password } from './signed-in-page.ts';

/** Longer than anything here takes, shorter than the case's own deadline. */
const waitMs = 10_000;

describe('the page of people and tokens', () => {
  let api: ApiUnderTest;
  let browser: OpenPage;
  let page: Page;
  let link: string;

  beforeAll(async () => {
    api = await startApi();
    browser = await openAsOwner(api, waitMs);
    ({ page } = browser);
    await page.goto(api.url);
    await page.getByRole('link', { name: 'People and tokens' }).click();
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  const members = () => page.getByRole('region', { name: 'Members' });
  const tokens = () => page.getByRole('region', { name: 'Tokens' });

  it('makes a token, which is shown once and works until it is revoked', async () => {
    await page.getByRole('button', { name: 'Make a token' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Stream deck');
    await dialog.getByLabel('streams:read').check();
    await dialog.getByRole('button', { name: 'Make it' }).click();
    const token = await page.getByLabel('Token', { exact: true }).inputValue();
    await page.getByRole('button', { name: 'Done' }).click();
    await tokens().getByText('Stream deck').waitFor();
    expect(await page.content()).not.toContain(token);
    const status = async () => {
      const headers = { authorization: `Bearer ${token}` };
      return (await api.call('GET', '/api/v1/streams', { headers })).status;
    };
    expect(await status()).toBe(200);
    await tokens().getByRole('button', { name: 'Revoke the token Stream deck' }).click();
    await tokens().getByText('Stream deck').waitFor({ state: 'detached' });
    expect(await status()).toBe(401);
  });

  it('invites by a link that is shown once', async () => {
    await page.getByRole('button', { name: 'Invite' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill('guest@example.com');
    await dialog.getByLabel('Role').selectOption('viewer');
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    link = await page.getByLabel('Link', { exact: true }).inputValue();
    expect(link).toMatch(new RegExp(`^${api.url}/invite\\?token=fct_`));
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('guest@example.com, as viewer').waitFor();
  });

  it('does not let the last owner go', async () => {
    await members().getByRole('button', { name: 'Remove owner@example.com' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await members().getByText('A workspace needs an owner').waitFor();
    await members().getByText('owner@example.com').waitFor();
  });

  it('lets in whoever opens the link, once, as what they were invited as', async () => {
    await page.getByRole('link', { name: 'Streams' }).click();
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.goto(link);
    await page.getByText('You are invited as viewer').waitFor();
    await page.getByLabel('Your name').fill('Guest');
    await page.getByLabel('Choose a password').fill(password);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByRole('heading', { level: 1, name: 'Streams' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(await page.getByRole('link', { name: 'People and tokens' }).count()).toBe(0);
    await page.goto(link);
    await page.getByText('This invitation is not valid any more').waitFor();
  });

  it('changes workspaces for those who have several', async () => {
    const call = async (path: string, body: object, headers = {}) => {
      const options = { body, headers: { ...asBootstrap, ...headers } };
      return (await api.call('POST', `/api/v1${path}`, options)).json() as Promise<{
        id: string;
        link: string;
      }>;
    };
    const { id } = await call('/workspaces', { name: 'Second team' });
    const there = { 'forkcast-workspace': id };
    await call('/streams', { name: 'Show of the second team' }, there);
    const guest = { email: 'guest@example.com', role: 'owner' };
    const invitation = await call('/invitations', guest, there);
    await page.goto(new URL(invitation.link, api.url).href);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByLabel('Workspace').selectOption('Second team');
    await page.getByRole('heading', { name: 'Show of the second team' }).waitFor();
    await page.getByRole('link', { name: 'People and tokens' }).waitFor();
  });

  it('calls the workspace by another name, wherever that stands', async () => {
    await page.getByRole('link', { name: 'People and tokens' }).click();
    await page.getByLabel('Name of the workspace').fill('Late team');
    await page.getByRole('button', { name: 'Save the name' }).click();
    const chosen = page.getByRole('combobox', { name: 'Workspace' }).locator(':checked');
    await chosen.filter({ hasText: 'Late team' }).waitFor({ state: 'attached' });
  });

  it('changes one’s password, and ends every other session', async () => {
    const body = { email: 'guest@example.com', password };
    const elsewhere = await api.call('POST', '/api/v1/session', { body });
    const headers = { cookie: elsewhere.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
    const status = async () => (await api.call('GET', '/api/v1/session', { headers })).status;
    expect(await status()).toBe(200);
    await page.goto(`${api.url}/account`);
    const change = page.getByRole('button', { name: 'Change the password' });
    await page.getByLabel('Present password').fill('not this one');
    await page.getByLabel('New password').fill('another sentence to remember');
    await change.click();
    await page.locator('.fault').getByText('The present password is wrong').waitFor();
    await page.getByLabel('Present password').fill(password);
    await change.click();
    await page.getByText('The password was changed.').first().waitFor();
    expect(await page.getByLabel('New password').inputValue()).toBe('');
    expect(await status()).toBe(401);
    const sessions = page.getByRole('region', { name: 'Sessions' });
    await expect.poll(() => sessions.getByRole('listitem').count()).toBe(1);
    expect(await sessions.getByRole('listitem').textContent()).toMatch(
      /^Chrome on Linux.*this one$/,
    );
  });

  it('shows the page in the colours that one likes', async () => {
    await page.getByLabel('Show this page in').selectOption('Dark colours');
    expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark');
    expect(await axeOf(page)).toEqual([]);
  });

  it('says where to go on when a link of the set-up was used', async () => {
    await page.goto(`${api.url}/setup?token=fct_used`);
    await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Account', exact: true }).waitFor();
    expect(browser.faults).toEqual([]);
  });
});
