import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Open at a time: a machine may give a process 256 files in all, and a clone has more. */
const FILES_AT_ONCE = 32;

/**
 * What these folders (without their specs) and files hold. By content, not by date: a checkout
 * gives every file a new date.
 */
export async function sourcesHash(
  repository: string,
  folders: readonly string[],
  names: readonly string[],
): Promise<string> {
  const found = await Promise.all(folders.map((folder) => filesIn(join(repository, folder))));
  const files = [...found.flat(), ...names.map((name) => join(repository, name))].sort();
  const hash = createHash('sha256');
  for (let from = 0; from < files.length; from += FILES_AT_ONCE) {
    const some = files.slice(from, from + FILES_AT_ONCE);
    const contents = await Promise.all(some.map((file) => readFile(file)));
    for (const [index, file] of some.entries()) {
      hash.update(`${relative(repository, file)}\0`).update(contents[index] ?? '');
    }
  }
  return hash.digest('hex');
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}
