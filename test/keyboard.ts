import type { Locator, Page } from 'playwright-core';

/** What a mouse does, and what no person does: reaching into the page past its keys. */
const NOT_BY_KEYBOARD = new Set([
  'blur',
  'check',
  'clear',
  'click',
  'dblclick',
  'dispatchEvent',
  'dragAndDrop',
  'dragTo',
  'fill',
  'focus',
  'hover',
  'mouse',
  'press',
  'pressSequentially',
  'scrollIntoViewIfNeeded',
  'selectOption',
  'selectText',
  'setChecked',
  'tap',
  'touchscreen',
  'type',
  'uncheck',
]);

/** Presses of the Tab key for which something is looked for; more than any page has stops. */
const STEPS_MAX = 150;

/**
 * The page to look at, and its keyboard to act: everything else throws. What a test has done with
 * it, a person can do who has no mouse.
 */
export function keyboardOnly(page: Page): Page {
  return guarded(page);
}

function guarded<Thing extends object>(thing: Thing): Thing {
  return new Proxy(thing, {
    get(target, name) {
      if (typeof name === 'string' && NOT_BY_KEYBOARD.has(name)) {
        throw new Error(`'${name}' is nothing that a keyboard does`);
      }
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...parameters: readonly unknown[]): unknown => {
        const answer: unknown = Reflect.apply(value, target, parameters);
        return isLocator(answer) ? guarded(answer) : answer;
      };
    },
  });
}

function isLocator(answer: unknown): answer is Locator {
  return typeof answer === 'object' && answer !== null && 'pressSequentially' in answer;
}

/** Moves the focus there by the Tab key, wherever it is now. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  const reached = target.and(page.locator(':focus'));
  for (let step = 0; step < STEPS_MAX; step += 1) {
    if ((await reached.count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${STEPS_MAX} steps of the Tab key do not lead to ${String(target)}`);
}

/** Goes to a button or a link, and presses it. */
export async function pressAt(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Goes to a field, and writes into it instead of what stands there. */
export async function writeAt(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}
