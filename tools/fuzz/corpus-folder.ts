import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Inputs that once did harm: their names begin so. They stay when others are left out. */
export const CRASH = 'crash-';

export interface NamedInput {
  readonly name: string;
  readonly bytes: Buffer;
}

/** One target's inputs, a file each. */
export function readInputs(folder: string): NamedInput[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).toSorted();
  return names.map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}

export function inputName(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex').slice(0, 8);
}

/** Gives the file's path. */
export function writeInput(folder: string, name: string, bytes: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}
