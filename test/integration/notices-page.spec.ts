import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeOf } from '../axe.ts';
import type { OpenPage } from '../browser.ts';
import { asBootstrap, startApi } from './api-under-test.ts';
import type { ApiUnderTest } from './api-under-test.ts';
import { openAsOwner } from './signed-in-page.ts';

/** Longer than anything here takes, shorter than the case's own deadline. */
const waitMs = 10_000;

describe('the page of notices', () => {
  let api: ApiUnderTest;
  let browser: OpenPage;
  let page: Page;

  beforeAll(async () => {
    api = await startApi();
    const options = { headers: asBootstrap, body: { name: 'Friday show' } };
    await api.call('POST', '/api/v1/streams', options);
    browser = await openAsOwner(api, waitMs);
    ({ page } = browser);
    await page.goto(api.url);
  });
  afterAll(async () => {
    await browser.close();
    await api.close();
  });

  const dialog = (name: string) => page.getByRole('dialog', { name, exact: true });

  const rows = () => page.getByRole('region', { name: 'Deliveries' }).getByRole('listitem');

  it('adds a webhook, shows its secret once, and tests it', async () => {
    await page.getByRole('link', { name: 'Notices' }).click();
    await page.getByText('Nobody is told yet').waitFor();
    await page.getByRole('button', { name: 'Add a notice' }).click();
    const form = dialog('Add a notice');
    await form.getByLabel('Name').fill('On-call');
    await form.getByLabel('Tell by').selectOption('standard');
    await form.getByLabel('Of which stream').selectOption('Friday show');
    await form.getByLabel('URL').fill('https://10.0.0.1/hook');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await form.getByText('private or local address').waitFor();
    await form.getByLabel('URL').fill('https://1.1.1.1/hook/secret-1234');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    const shown = dialog('The secret of On-call');
    const secret = await shown.getByLabel('Secret', { exact: true }).inputValue();
    expect(secret).toMatch(/^whsec_/);
    await shown.getByRole('button', { name: 'Done' }).click();
    await shown.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(secret);
    await page.getByText('1.1.1.1/…1234').waitFor();
    await page.getByText('Nothing was sent yet').waitFor();
    await page.getByRole('button', { name: 'Test On-call' }).click();
    await page.getByText('Being sent').waitFor();
    await page.getByRole('button', { name: 'Turn off On-call' }).click();
    await page.getByText('(off)').waitFor();
    await page.getByRole('button', { name: 'Turn on On-call' }).click();
    await page.getByRole('button', { name: 'Turn off On-call' }).waitFor();
    expect(await axeOf(page)).toEqual([]);
  });

  it('shows what became of each delivery, and sends it again', async () => {
    await page.getByRole('link', { name: 'On-call' }).click();
    await rows().getByText('Waits').waitFor();
    await api.database.query(
      `UPDATE webhook_deliveries SET state = 'dead', tries = 9, last_status = 500,
         last_fault = 'It answered <b>no</b>.'`,
    );
    // It waits, so the page looks again by itself.
    await rows().getByText('Given up').waitFor();
    await rows().getByText('9 tries, answered 500').waitFor();
    await rows().getByText('It answered <b>no</b>.').waitFor();
    expect(await axeOf(page)).toEqual([]);
    await page.getByLabel('Show').selectOption('Arrived');
    await page.getByText('None of these').waitFor();
    await page.getByLabel('Show').selectOption('Given up');
    await page.getByRole('button', { name: /^Send again number \d+$/ }).click();
    await page.getByText('None of these').waitFor();
    await page.getByLabel('Show').selectOption('All');
    await rows().getByText('Waits').waitFor();
  });

  it('sends all again that was given up', async () => {
    await api.database.query(`UPDATE webhook_deliveries SET state = 'dead'`);
    await rows().getByText('Given up').waitFor();
    await page.getByRole('button', { name: 'Send again what was given up' }).click();
    const asked = dialog('Send again what was given up');
    await asked.getByRole('button', { name: 'Send again', exact: true }).click();
    await page.getByText('One is sent again.').first().waitFor();
    await rows().getByText('Waits').waitFor();
  });

  it('is edited, and keeps what the API alone has chosen', async () => {
    await api.database.query(
      `UPDATE webhook_endpoints SET kinds = '{push.degraded,push.live}', version = version + 1`,
    );
    await page.reload();
    const told = page.getByRole('list', { name: 'Told of' });
    await told.getByText('A destination is slow').waitFor();
    await page.getByRole('button', { name: 'Edit' }).click();
    const form = dialog('Edit On-call');
    await form.getByLabel('Name').fill('Night watch');
    await form.getByLabel('A destination is live').uncheck();
    await form.getByLabel('The encoder is gone').check();
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Night watch' }).waitFor();
    expect(await told.getByRole('listitem').allTextContents()).toEqual([
      'The encoder is gone',
      'A destination is slow',
    ]);
    await page.getByText('1.1.1.1/…1234').waitFor();
  });

  it('is not written over when somebody else has changed it', async () => {
    await page.getByRole('button', { name: 'Edit' }).click();
    const form = dialog('Edit Night watch');
    await api.database.query(
      `UPDATE webhook_endpoints SET name = 'Day watch', version = version + 1`,
    );
    await form.getByLabel('Name').fill('Mine');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Somebody else has changed this').waitFor();
    await form.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'Day watch' }).waitFor();
  });

  it('gets a new secret, which is shown once, and is removed', async () => {
    await page.getByRole('button', { name: 'New secret' }).click();
    await dialog('A new secret for Day watch').getByRole('button', { name: 'Make it' }).click();
    const shown = dialog('The secret of Day watch');
    const secret = await shown.getByLabel('Secret', { exact: true }).inputValue();
    await page.keyboard.press('Escape');
    await shown.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(secret);
    await page.getByRole('button', { name: 'Remove' }).click();
    const question = page.getByRole('alertdialog', { name: 'Remove Day watch?' });
    await question.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Nobody is told yet').waitFor();
    expect(browser.faults).toEqual([]);
  });
});
