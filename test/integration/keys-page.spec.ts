import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#kernel';
import { readPublishLink } from '#vault';
import { FirstAdministrator } from '../../apps/api/src/auth/first-administrator.ts';
import { openPage } from '../browser.ts';
import type { OpenPage } from '../browser.ts';
import { startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

const waitMs = 10_000;

describe('keys on the page', () => {
  let api: ApiUnderTest;
  let browser: OpenPage;
  let page: Page;

  beforeAll(async () => {
    api = await startApi();
    browser = await openPage(waitMs);
    ({ page } = browser);
    await page.goto(api.url + (await api.app.get(FirstAdministrator).prepare()));
    await page.getByLabel('E-mail').fill('owner@example.com');
    await page.getByLabel('Password').fill('a sentence to remember');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('link', { name: 'Do this later' }).click();
    await page.getByRole('button', { name: 'Create stream' }).click();
    await page.getByLabel('Name').fill('Friday show');
    await dialog().getByRole('button', { name: 'Create stream' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
  });

  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  const dialog = () => page.getByRole('dialog').last();
  const keys = () => dialog().getByRole('listitem');

  it('are listed, and one is revoked after a question', async () => {
    await page.getByRole('button', { name: 'All keys of Friday show' }).click();
    await keys().filter({ hasText: 'Backup key' }).waitFor();
    expect(await keys().count()).toBe(2);
    const backup = keys().filter({ hasText: 'Backup key' });
    await backup.getByRole('button', { name: /^Revoke the key that ends in / }).click();
    const question = page.getByRole('alertdialog');
    await question.getByText('disconnected at once').waitFor();
    await question.getByRole('button', { name: 'Revoke the key' }).click();
    await expect.poll(() => keys().count(), { timeout: waitMs }).toBe(1);
    await dialog().getByRole('button', { name: 'Close' }).click();
  });

  it('are made for a guest, and shown once', async () => {
    await page.getByRole('button', { name: 'Guest key for Friday show' }).click();
    await dialog().getByLabel('It can be used within').selectOption('a day');
    await dialog().getByRole('button', { name: 'Make a guest key' }).click();
    const key = await dialog().getByLabel('Guest key', { exact: true }).inputValue();
    const link = readPublishLink(new Secret(key));
    expect(link).toMatchObject({ once: true, input: 'primary' });
    const leftMs = (link?.expiresAtS ?? 0) * 1_000 - Date.now();
    expect(Math.abs(leftMs - 86_400_000)).toBeLessThan(60_000);
    await dialog().getByRole('button', { name: 'Done' }).click();
    expect(browser.faults).toEqual([]);
  });
});
