import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from './services/repository.ts';
import { shownBy } from './tidy/shown-by.ts';

const THREATS = 40;
/** Shorter names would be found anywhere. */
const NAME_CHARACTERS_MIN = 10;

interface Row {
  readonly threat: string;
  readonly defence: string;
  readonly tests: readonly { readonly file: string; readonly name: string }[];
}

const text = readFileSync(join(REPOSITORY, 'docs', 'security.md'), 'utf8');
const rows: readonly (readonly [string, Row])[] = [...text.matchAll(/^\| (T\d+) .*$/gm)].map(
  ([line, id]) => {
    const [, , threat = '', defence = '', tests = ''] = line.split(' | ').flatMap(cellsOf);
    return [id ?? '', { threat, defence, tests: testsOf(tests) }];
  },
);

/** The first cell stands between the line's first bars. */
function cellsOf(part: string, index: number): string[] {
  const cell = part.replace(/^\|\s*|\s*\|$/g, '').trim();
  return index === 0 ? ['', cell] : [cell];
}

function testsOf(cell: string): Row['tests'] {
  return cell.split('<br>').map((one) => {
    const [file = '', name = ''] = one.split(' › ').map((part) => part.trim().replaceAll('`', ''));
    return { file, name };
  });
}

describe('what a spec shows', () => {
  const name = 'opens for nobody';
  // Apart, so that nobody takes what is quoted here for a narrowed test of this file.
  const [skip, todo] = ['skip', 'todo'];

  it.each([
    [`it('${name}', () => undefined);`],
    [`describe('a door', () => { it.each([1])('${name}', () => undefined); });`],
    [`test(\`${name}\`, async ({ expect }) => expect(1).toBe(1));`],
    [`it(\`${name} (\${SEEDS} times)\`, () => undefined);`],
    [`it.each([['${name}', 1]])('%s', () => undefined);`],
    [`describe.each(['${name}'])('%s', () => { it('is so', () => undefined); });`],
    [`const rows = { '${name}': 1 }; it.each(Object.entries(rows))('%s', () => undefined);`],
  ])('is %s', (spec) => {
    expect(shownBy(spec, name)).toBe('a test that runs');
  });

  it.each([
    [`it.${skip}('${name}', () => undefined);`],
    [`it.concurrent.skip('${name}', () => undefined);`],
    [`it.${todo}('${name}');`],
    [`it.skipIf(true)('${name}', () => undefined);`],
    [`it.runIf(process.env.CI)('${name}', () => undefined);`],
    [`it.fails('${name}', () => undefined);`],
    [`it('${name}', { skip: true }, () => undefined);`],
    [`it('${name}', ({ skip }) => skip());`],
    [`it('${name}', (context) => context.skip());`],
    [`describe.${skip}('a door', () => { it('${name}', () => undefined); });`],
    [`describe('a door', { todo: true }, () => { it('${name}', () => undefined); });`],
    [`it.${skip}.each([['${name}', 1]])('%s', () => undefined);`],
    [`const rows = ['${name}']; it.${skip}.each(rows)('%s', () => undefined);`],
  ])('is not %s', (spec) => {
    expect(shownBy(spec, name)).toBe('a test that does not run, or not always');
  });

  it.each([[`// ${name}`], [`const why = '${name}';`], [`it('more', () => say('${name}'));`]])(
    'is not %s',
    (spec) => {
      expect(shownBy(spec, name)).toBe('no test');
    },
  );
});

describe('the table of threats', () => {
  it('has each of them once, in order', () => {
    const wanted = Array.from({ length: THREATS }, (_, index) => `T${index + 1}`);
    expect(rows.map(([id]) => id)).toEqual(wanted);
  });

  it.each(rows)(
    '%s says what it is, what stands in the way, and which test shows it',
    (_id, row) => {
      expect(row.threat).not.toBe('');
      expect(row.defence).not.toBe('');
      expect(row.tests.length).toBeGreaterThan(0);
      for (const { file, name } of row.tests) {
        expect([file, existsSync(join(REPOSITORY, file))]).toEqual([file, true]);
        expect(name.length).toBeGreaterThanOrEqual(NAME_CHARACTERS_MIN);
        const spec = readFileSync(join(REPOSITORY, file), 'utf8');
        expect([name, shownBy(spec, name)]).toEqual([name, 'a test that runs']);
      }
    },
  );
});
