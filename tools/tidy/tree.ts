import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the repository that people wrote, by its path from the root. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const written = '**/*.{ts,tsx,mts,mjs,css,html,md}';
const notWritten = /(?:^|\/)(?:node_modules|dist|coverage|generated|\.forkcast|\.git)(?:\/|$)/;

/** Every hand-written source, style sheet and page of prose below `root`, sorted by path. */
export function readTree(root: string): SourceFile[] {
  return globSync(written, { cwd: root, exclude: (name) => notWritten.test(name) })
    .filter((path) => !notWritten.test(path))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}
