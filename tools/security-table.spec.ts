import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from './services/repository.ts';

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
        expect([name, spec.includes(name)]).toEqual([name, true]);
      }
    },
  );
});
