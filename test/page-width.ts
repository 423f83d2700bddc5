import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/**
 * Nothing of the page is wider than its window. It may take a moment after the window: what floats
 * is moved, and what is drawn is drawn anew, once the browser has laid out the rest.
 */
export async function fits(page: Page, widthPixels: number): Promise<void> {
  const widest = () => page.evaluate<number>('document.documentElement.scrollWidth');
  await expect.poll(widest).toBe(widthPixels);
}
