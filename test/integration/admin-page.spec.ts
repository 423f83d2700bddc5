import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeOf } from '../axe.ts';
import { openPage } from '../browser.ts';
import type { OpenPage } from '../browser.ts';
import { fits } from '../page-width.ts';
import { asBootstrap, BOOTSTRAP_TOKEN, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import {
  openAsMember,
  openAsOwner,
  OWNER as owner,
  PASSWORD as password,
} from './signed-in-page.ts';

/** Longer than anything here takes, shorter than the case's own deadline. */
const waitMs = 10_000;
const hostileName = '<img src=x onerror="window.hit=1">';
const narrowPixels = 320;

describe('the pages of who runs it', () => {
  let api: ApiUnderTest;
  let browser: OpenPage;
  let page: Page;

  const call = async (
    path: string,
    body: object,
    headers = {},
  ): Promise<Record<string, string>> => {
    const options = { body, headers: { ...asBootstrap, ...headers } };
    const answer = await api.call('POST', `/api/v1${path}`, options);
    expect(answer.status).toBe(201);
    return (await answer.json()) as Record<string, string>;
  };

  beforeAll(async () => {
    api = await startApi();
    await call('/streams', { name: hostileName });
    browser = await openAsOwner(api, waitMs);
    ({ page } = browser);
    await page.goto(api.url);
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  const region = (name: string) => page.getByRole('region', { name });
  const dialog = (name: string) => page.getByRole('dialog', { name, exact: true });
  const question = (name: string) => page.getByRole('alertdialog', { name, exact: true });
  const enter = async (room: string): Promise<void> => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: room }).click();
    await page.getByRole('heading', { level: 1, name: room }).waitFor();
  };

  it('sets quotas, and shows what is used of them', async () => {
    await enter('Administration');
    await page.getByRole('link', { name: 'Workspaces' }).click();
    const workspaces = region('Workspaces');
    await workspaces.getByText('No limits. You are owner.').waitFor();
    await workspaces.getByRole('button', { name: /^Change / }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name').fill('Main house');
    await form.getByLabel('Streams at most').fill('5');
    await form.getByRole('button', { name: 'Save' }).click();
    await workspaces.getByText('At most 5 streams. You are owner.').waitFor();
    await workspaces.getByRole('button', { name: 'Usage of Main house' }).click();
    await workspaces.getByText('1 of 5').waitFor();
    await enter('Usage');
    await region('This month').getByText('1 of 5').waitFor();
    expect(await axeOf(page)).toEqual([]);
  });

  it('changes nothing that somebody else has changed meanwhile', async () => {
    await enter('Administration');
    await page.getByRole('link', { name: 'Workspaces' }).click();
    await page.getByRole('button', { name: 'Change Main house' }).click();
    const form = dialog('Change Main house');
    await form.getByLabel('Name').fill('My house');
    await api.database.query(`UPDATE workspaces SET name = 'Their house', version = version + 1`);
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Somebody else has changed this').waitFor();
    await form.getByRole('button', { name: 'Cancel' }).click();
    await region('Workspaces').getByText('Their house').waitFor();
  });

  it('makes a workspace, joins another, and is refused what cannot be', async () => {
    const workspaces = region('Workspaces');
    await workspaces.getByRole('button', { name: 'Make a workspace' }).click();
    const form = dialog('Make a workspace');
    await form.getByLabel('Name').fill('Second team');
    await form.getByRole('button', { name: 'Make it' }).click();
    await workspaces.getByRole('button', { name: 'Open Second team' }).waitFor();
    await call('/workspaces', { name: 'Third team' });
    await page.reload();
    await workspaces.getByText('You are no member.').waitFor();
    await workspaces.getByRole('button', { name: 'Join Third team' }).click();
    await dialog('Join Third team').getByRole('button', { name: 'Join' }).click();
    await workspaces.getByText('You are viewer.').waitFor();
    await workspaces.getByRole('button', { name: 'Remove Third team' }).click();
    await question('Remove Third team?').getByRole('button', { name: 'Remove' }).click();
    await workspaces.getByText('Third team').waitFor({ state: 'detached' });
    await workspaces.getByRole('button', { name: 'Remove Their house' }).click();
    await question('Remove Their house?').getByRole('button', { name: 'Remove' }).click();
    await workspaces.getByText('The first workspace stays').waitFor();
    expect(await axeOf(page)).toEqual([]);
  });

  it('opens another workspace, and still knows what the first one uses', async () => {
    const workspaces = region('Workspaces');
    await workspaces.getByRole('button', { name: 'Open Second team' }).click();
    await page.getByRole('combobox', { name: 'Workspace' }).waitFor();
    expect(
      await page.getByRole('combobox', { name: 'Workspace' }).locator(':checked').textContent(),
    ).toBe('Second team');
    // What has no stream yet is led to where it is made, and an open menu does not outlast that.
    await page.waitForURL('**/welcome');
    await enter('Administration');
    await page.getByRole('link', { name: 'Workspaces' }).click();
    await workspaces.getByRole('button', { name: 'Usage of Their house' }).click();
    await workspaces.getByText('1 of 5').waitFor();
    await page.getByRole('combobox', { name: 'Workspace' }).selectOption('Their house');
    await page.getByRole('heading', { level: 1, name: hostileName }).waitFor();
  });

  it('adds a user, disables them, and keeps the last administrator', async () => {
    await enter('Administration');
    await page.getByRole('link', { name: 'Users' }).click();
    const users = region('Users');
    await users.getByRole('button', { name: 'Add a user' }).click();
    const form = dialog('Add a user');
    await form.getByLabel('E-mail').fill('guest@example.com');
    await form.getByLabel('Password').fill(password);
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await users.getByText('In no workspace.').waitFor();
    expect(await page.content()).not.toContain(password);
    await users.getByRole('button', { name: 'Disable: guest@example.com' }).click();
    await question('Disable guest@example.com?').getByRole('button', { name: 'Disable' }).click();
    await users.getByText('Disabled. In no workspace.').waitFor();
    await users.getByRole('button', { name: 'Let in again: guest@example.com' }).click();
    await users.getByRole('button', { name: 'Disable: guest@example.com' }).waitFor();
    await users.getByRole('button', { name: `Make no administrator: ${owner}` }).click();
    await users.getByText('Somebody must be left who is above the instance').waitFor();
    expect(await axeOf(page)).toEqual([]);
  });

  it('makes a link for a new password, which works once and ends other sessions', async () => {
    const users = region('Users');
    await users.getByRole('button', { name: 'Password link: guest@example.com' }).click();
    const shown = dialog('Send this to guest@example.com');
    const link = await shown.getByLabel('Link', { exact: true }).inputValue();
    expect(link.startsWith(`${api.url}/reset?token=`)).toBe(true);
    await shown.getByRole('button', { name: 'Done' }).click();
    expect(await page.content()).not.toContain(link);
    const theirs = await openPage(waitMs, { widthPixels: narrowPixels });
    await theirs.page.goto(link);
    await theirs.page.getByText('For guest@example.com').waitFor();
    expect(await axeOf(theirs.page)).toEqual([]);
    await theirs.page.getByLabel('New password').fill('another sentence to remember');
    await theirs.page.getByRole('button', { name: 'Change the password' }).click();
    await theirs.page.getByRole('button', { name: 'Account', exact: true }).waitFor();
    expect(new URL(theirs.page.url()).search).toBe('');
    await theirs.page.goto(link);
    await theirs.page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
    await theirs.close();
  });

  it('shows how it was started, and of secrets only that they are set', async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    const settings = region('Settings');
    await settings.getByText('BIND_HOST').waitFor();
    const token = settings.locator('div').filter({ hasText: 'FORKCAST_BOOTSTRAP_TOKEN' });
    await token.getByText('Set, and shown to nobody').waitFor();
    expect(await page.content()).not.toContain(BOOTSTRAP_TOKEN);
  });

  it('shows what is known of a platform, and from where', async () => {
    await page.getByRole('link', { name: 'Platforms' }).click();
    const platforms = region('Platforms');
    await platforms.getByLabel('Find').fill('twitch');
    await platforms.locator('summary').filter({ hasText: 'Twitch' }).click();
    const sources = platforms.getByRole('list', { name: 'Sources of Twitch' });
    expect(await sources.getByRole('link').first().getAttribute('href')).toMatch(/^https:/);
    expect(await sources.textContent()).toMatch(/read on \d{4}-\d\d-\d\d/);
    await platforms.getByLabel('Find').fill('no such platform');
    await platforms.getByText('None of this name').waitFor();
  });

  it('tells who did what, narrows it, and keeps that in the address', async () => {
    await enter('Audit log');
    const done = region('What was done');
    await done.getByText('Created a stream').waitFor();
    await page.getByLabel('What', { exact: true }).selectOption('Made an account');
    await done.getByText('Fields: email').waitFor();
    await expect.poll(() => done.getByRole('listitem').count()).toBe(1);
    expect(new URL(page.url()).search).toBe('?action=user.create');
    await page.reload();
    await done.getByText('Made an account').waitFor();
    expect(await done.getByRole('listitem').count()).toBe(1);
    await page.getByLabel('What', { exact: true }).selectOption('Everything');
    await page.getByLabel('Who').selectOption('bootstrap token');
    await done.getByRole('link', { name: hostileName }).click();
    await page.getByRole('button', { name: 'About one thing only' }).waitFor();
    await expect.poll(() => done.getByRole('listitem').count()).toBe(1);
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(await axeOf(page)).toEqual([]);
  });

  it.each([
    ['/audit'],
    ['/admin/workspaces'],
    ['/admin/users'],
    ['/admin/platforms'],
    ['/admin/settings'],
  ])('fits %s on a phone, in the dark', async (path) => {
    await page.setViewportSize({ width: narrowPixels, height: 800 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(api.url + path);
    await page.locator('main .card').first().waitFor();
    await expect.poll(() => page.locator('main .quiet-start').count()).toBe(0);
    await fits(page, narrowPixels);
    expect(await axeOf(page)).toEqual([]);
  });

  describe.each([
    ['viewer', []],
    ['operator', ['Usage']],
  ] as const)('to a %s', (role, rooms) => {
    let theirs: OpenPage;

    beforeAll(async () => {
      theirs = await openAsMember(api, waitMs, role);
      await theirs.page.goto(api.url);
      await theirs.page.getByRole('button', { name: 'Account', exact: true }).waitFor();
    });
    afterAll(() => theirs.close());

    it('shows the rooms that are theirs', async () => {
      const more = theirs.page.getByRole('button', { name: 'More', exact: true });
      expect(await more.count()).toBe(Math.sign(rooms.length));
      expect(await theirs.page.getByRole('link', { name: 'Notices' }).count()).toBe(0);
      if (rooms.length === 0) return;
      await more.click();
      await theirs.page.getByRole('menuitem').first().waitFor();
      expect(await theirs.page.getByRole('menuitem').allTextContents()).toEqual(rooms);
    });

    it.each([
      ['/people', 'The owners of this workspace'],
      ['/webhooks', 'The owners of this workspace'],
      ['/audit', 'The owners of this workspace'],
      ['/admin', 'Those who run this Forkcast'],
    ])('says at %s whose it is', async (path, whom) => {
      await theirs.page.goto(api.url + path);
      await theirs.page.getByText(`${whom} see this page`).waitFor();
    });
  });

  it('has run without a fault and without offending its policy', () => {
    expect(browser.faults).toEqual([]);
  });
});
