import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PersistenceError } from './persistence-error.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** sha256 of the file, hex, as Prisma computes it. */
  readonly checksum: string;
}

/** In the order in which they are applied. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/** From the sources and from the build alike: both lie below the folder that holds `prisma`. */
export function findMigrationsFolder(): string {
  let folder = import.meta.dirname;
  while (dirname(folder) !== folder) {
    const migrations = join(folder, 'prisma/migrations');
    if (existsSync(migrations)) return migrations;
    folder = dirname(folder);
  }
  throw new PersistenceError(
    'MIGRATION_REFUSED',
    'There is no folder prisma/migrations above this program; the installation is incomplete.',
  );
}
