import { chromium } from 'playwright-core';
import type { Page } from 'playwright-core';
import { findBrowser } from '../tools/services/browser.ts';

const flags =
  '--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking ' +
  '--disable-component-update --disable-sync';

/** A page of the system's Chromium, and what went wrong in it. */
export interface OpenPage {
  readonly page: Page;
  /** Uncaught errors, and whatever the page's security policy has refused. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** Opens an empty page, each of whose steps may take `stepMs`. */
export async function openPage(stepMs: number): Promise<OpenPage> {
  const executablePath = (await findBrowser()) ?? 'chromium';
  const browser = await chromium.launch({ executablePath, args: flags.split(' ') });
  const page = await browser.newPage({ viewport: { width: 1100, height: 800 } });
  page.setDefaultTimeout(stepMs);
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  return { page, faults, close: () => browser.close() };
}
