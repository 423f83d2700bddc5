import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { shownBy } from '../../../tools/tidy/shown-by.ts';
import type { NamedTest } from './row.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..', '..');
/** Shorter names would be found anywhere. */
const NAME_CHARACTERS_MIN = 7;

/** The test that is named stands in its file, and runs whenever its suite does. */
export function assertTestRuns({ file, name }: NamedTest): void {
  expect([file, existsSync(join(REPOSITORY, file))]).toEqual([file, true]);
  expect(name.length).toBeGreaterThanOrEqual(NAME_CHARACTERS_MIN);
  const spec = readFileSync(join(REPOSITORY, file), 'utf8');
  expect([name, shownBy(spec, name)]).toEqual([name, 'a test that runs']);
}
