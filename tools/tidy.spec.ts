import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  decisionsAreNumbered,
  linksLead,
  noDrawers,
  noNarrowedTests,
  noReminders,
  roomsIntroduceThemselves,
  routesStayInTheirWorkspace,
  shortFiles,
  shortFunctions,
  shortLines,
  timeAndChanceAreParameters,
} from './tidy/rules.ts';
import type { Rule } from './tidy/rules.ts';
import { readTree } from './tidy/tree.ts';
import type { SourceFile } from './tidy/tree.ts';

const root = resolve(import.meta.dirname, '..');
const tree = readTree(root);
const nowhere = linksLead(() => false);

const file = (path: string, text: string): SourceFile => ({ path, text });
const lines = (count: number): string => 'const a = 1;\n'.repeat(count);
const body = (count: number): string => `function f() {\n${'  g();\n'.repeat(count - 2)}}\n`;

/** Each rule, a file that just passes it, and one that just does not. */
const rules: ReadonlyArray<readonly [name: string, rule: Rule, good: SourceFile, bad: SourceFile]> =
  [
    ['files', shortFiles, file('libs/a.ts', lines(400)), file('libs/a.ts', lines(401))],
    ['functions', shortFunctions, file('libs/a.ts', body(70)), file('libs/a.ts', body(71))],
    [
      'lines',
      shortLines,
      file('libs/a.ts', `// ${'a'.repeat(97)}`),
      file('libs/a.ts', `// ${'a'.repeat(98)}`),
    ],
    [
      'reminders',
      noReminders,
      file('libs/a.ts', '// todos are listed'),
      file('libs/a.ts', '// TODO more'),
    ],
    [
      'narrowed tests',
      noNarrowedTests,
      file('test/a.spec.ts', 'it.each([])'),
      file('test/a.spec.ts', 'it.only()'),
    ],
    [
      'time and chance',
      timeAndChanceAreParameters,
      file('libs/ring/src/a.ts', '// not Date.now()\nclock.monotonicMs();'),
      file('libs/ring/src/a.ts', 'Date.now();'),
    ],
    [
      'rooms',
      roomsIntroduceThemselves,
      file('libs/a/src/index.ts', "/** Room. */\nexport { a } from './a.ts';\n"),
      file('libs/a/src/index.ts', "export * from './a.ts';\n"),
    ],
    ['drawers', noDrawers, file('libs/a/src/span.ts', ''), file('libs/a/src/utils.ts', '')],
    [
      'workspaces',
      routesStayInTheirWorkspace,
      file('apps/api/src/auth/a.ts', '@Inject(Database) database; database.system.users'),
      file('apps/api/src/streams/a.ts', 'database.system.users'),
    ],
    [
      'decisions',
      decisionsAreNumbered,
      file('docs/adr/0001-first.md', ''),
      file('docs/adr/0003-third.md', ''),
    ],
    [
      'links',
      nowhere,
      file('a.md', '[x](https://example.com)'),
      file('a.md', '[x](gone.md) and [y](#z)'),
    ],
  ];

describe.each(rules)('%s', (_name, rule, good, bad) => {
  it('passes what just fits', () => {
    expect(rule(good, [good])).toEqual([]);
  });

  it('refuses what just does not', () => {
    expect(rule(bad, [bad])).not.toEqual([]);
  });
});

describe('links', () => {
  it('refuses an anchor that its page does not have', () => {
    const page = file('a.md', '# Two words\n[a](#two-words) [b](#three-words)');
    expect(linksLead(() => true)(page, [page])).toEqual([
      'a.md links to #three-words, which is not there',
    ]);
  });
});

describe('this repository', () => {
  it('has files to look at', () => {
    expect(tree.length).toBeGreaterThan(20);
  });

  it.each(rules.filter(([name]) => name !== 'links'))('%s are in order', (_name, rule) => {
    expect(tree.flatMap((each) => rule(each, tree))).toEqual([]);
  });

  it('links between its pages lead somewhere', () => {
    const lead = linksLead((path) => existsSync(join(root, path)));
    expect(tree.flatMap((each) => lead(each, tree))).toEqual([]);
  });
});
