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

/** Who looks: with which screen, which colours, and from where. */
export interface Viewer {
  readonly widthPixels?: number;
  readonly scheme?: 'light' | 'dark';
  readonly locale?: string;
  readonly timeZone?: string;
}

/** Opens an empty page, each of whose steps may take `stepMs`. */
export async function openPage(stepMs: number, viewer: Viewer = {}): Promise<OpenPage> {
  const { widthPixels = 1_100, scheme = 'light', locale = 'en-GB', timeZone } = viewer;
  const executablePath = (await findBrowser()) ?? 'chromium';
  const browser = await chromium.launch({ executablePath, args: flags.split(' ') });
  const context = await browser.newContext({
    viewport: { width: widthPixels, height: 800 },
    colorScheme: scheme,
    locale,
    // What is half faded in has other colours than it will have.
    reducedMotion: 'reduce',
    ...(timeZone !== undefined && { timezoneId: timeZone }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(stepMs);
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  return { page, faults, close: () => browser.close() };
}
