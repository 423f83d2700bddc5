import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

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
  const contents = await Promise.all(files.map((file) => readFile(file)));
  const hash = createHash('sha256');
  for (const [index, file] of files.entries()) {
    hash.update(`${relative(repository, file)}\0`).update(contents[index] ?? '');
  }
  return hash.digest('hex');
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}
