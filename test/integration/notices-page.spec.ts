import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FirstAdministrator } from '../../apps/api/src/auth/first-administrator.ts';
import { openPage } from '../browser.ts';
import type { OpenPage } from '../browser.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';

/** Longer than anything here takes, shorter than the case's own deadline. */
const waitMs = 10_000;
const zone = 'Europe/Berlin';

describe('the page of notices and schedules', () => {
  let api: ApiUnderTest;
  let browser: OpenPage;
  let page: Page;

  beforeAll(async () => {
    api = await startApi();
    const options = { headers: asBootstrap, body: { name: 'Friday show' } };
    const made = await api.call('POST', '/api/v1/streams', options);
    const { id } = (await made.json()) as { id: string };
    await api.call('POST', `/api/v1/streams/${id}/destinations`, {
      headers: asBootstrap,
      body: { name: 'Main', url: 'rtmp://93.184.215.14/live', streamKey: 'key-of-the-spec' },
    });
    browser = await openPage(waitMs);
    ({ page } = browser);
    await page.goto(api.url + (await api.app.get(FirstAdministrator).prepare()));
    await page.getByLabel('E-mail').fill('owner@example.com');
    await page.getByLabel('Password').fill('a sentence to remember');
    await page.getByRole('button', { name: 'Create account' }).click();
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  const dialog = (name: string) => page.getByRole('dialog', { name, exact: true });

  it('adds a webhook, shows its secret once, tests it, and removes it', async () => {
    await page.getByRole('button', { name: 'Notices' }).click();
    const notices = dialog('Notices');
    await notices.getByText('Nobody is told yet').waitFor();
    await notices.getByRole('button', { name: 'Add a notice' }).click();
    const form = dialog('Add a notice');
    await form.getByLabel('Name').fill('On-call');
    await form.getByLabel('Tell by').selectOption('standard');
    await form.getByLabel('URL').fill('https://10.0.0.1/hook');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await form.getByText('private or local address').waitFor();
    await form.getByLabel('URL').fill('https://1.1.1.1/hook/secret-1234');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    const secret = await notices.getByLabel('Secret of On-call', { exact: true }).inputValue();
    expect(secret).toMatch(/^whsec_/);
    await notices.getByText('1.1.1.1/…1234').waitFor();
    await notices.getByText('Nothing was sent yet').waitFor();
    await notices.getByRole('button', { name: 'Test On-call' }).click();
    await notices.getByText('Being sent').waitFor();
    await notices.getByRole('button', { name: 'Turn off On-call' }).click();
    await notices.getByText('(off)').waitFor();
    await notices.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Notices' }).click();
    expect(await page.content()).not.toContain(secret);
    await notices.getByRole('button', { name: 'Remove On-call' }).click();
    await notices.getByText('Nobody is told yet').waitFor();
    await notices.getByRole('button', { name: 'Close' }).click();
  });

  it('adds a schedule in a time zone, says when it comes, and turns it off', async () => {
    await page.getByRole('button', { name: 'Schedules of Friday show' }).click();
    const schedules = dialog('Schedules of Friday show');
    await schedules.getByText('None yet').waitFor();
    await schedules.getByRole('button', { name: 'Add a schedule' }).click();
    const form = dialog('Add a schedule');
    await form.getByLabel('Name').fill('Evening');
    await form.getByLabel('Friday', { exact: true }).check();
    await form.getByLabel('Begins at').fill('20:15');
    await form.getByLabel('Time zone').fill('Nowhere');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await form.getByText('This time zone is not known').waitFor();
    await form.getByLabel('Time zone').fill(zone);
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await schedules.getByText(`Friday at 20:15 (${zone}), 60 min`).waitFor();
    await schedules.getByText('Next: ').waitFor();
    await schedules.getByRole('button', { name: 'Turn off Evening' }).click();
    await schedules.getByText('Off.').waitFor();
    const [row] = await api.database.query(
      'SELECT count(*)::int AS edges FROM schedule_edges WHERE destination_id IS NOT NULL',
    );
    expect(row).toEqual({ edges: 2 });
  });
});
