import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Base UI's: they hand the focus on as soon as they have it, so nobody is ever caught there. */
const FOCUS_GUARDS = { exclude: [['[data-base-ui-focus-guard]']] };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: ReadonlyArray<{ readonly html: string; readonly failureSummary?: string }>;
}

/**
 * What keeps people out of this page, as it stands in the browser: serious and critical findings
 * of axe, each with the elements. It goes in by the debugger, so the page's policy does not matter.
 */
export async function axeOf(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) await page.evaluate(axe.source);
  const options = {
    resultTypes: ['violations'],
    runOnly: TAGS,
    preload: false,
    // Off by default, and of WCAG 2.2.
    rules: { 'target-size': { enabled: true } },
  };
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run(${JSON.stringify(FOCUS_GUARDS)}, ${JSON.stringify(options)})
      .then(({ violations }) => violations)`,
  );
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => [`${id}: ${help}`, ...nodes.map(describe)].join('\n  '));
}

function describe({ html, failureSummary = '' }: Violation['nodes'][number]): string {
  return `${html} (${failureSummary.replaceAll(/\s+/g, ' ')})`;
}

const stepsMax = 200;

/**
 * The names of what the Tab key reaches from the top of the page, in its order. Ends when it comes
 * round, and by an error when it does not: somewhere the focus is caught.
 */
export async function reachedByTab(page: Page): Promise<readonly string[]> {
  await page.evaluate('document.activeElement?.blur()');
  const names: string[] = [];
  for (let step = 0; step < stepsMax; step += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate<string | null>(NAME_OF_FOCUSED);
    if (name === null) return names;
    names.push(name);
  }
  throw new Error(`after ${stepsMax} steps the Tab key still went on: ${names.join(', ')}`);
}

/** null: the focus has left the page. */
const NAME_OF_FOCUSED = `(() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return null;
  const label = at.labels?.[0]?.textContent;
  return (at.getAttribute('aria-label') ?? label ?? at.textContent ?? '').trim();
})()`;
