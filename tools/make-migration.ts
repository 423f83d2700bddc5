import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';

/**
 * Writes the next folder of prisma/migrations: what leads from the schema of the last migration to
 * schema.prisma as it is now.
 *
 *   DATABASE_URL=postgresql://… node tools/make-migration.ts add-audit-log
 *
 * Prisma's own `migrate dev` needs a native engine that npm does not carry, so each folder keeps
 * the schema it leads to, and two schemas are compared. The server is only asked for its version.
 * Read the SQL before committing it: a rename looks like a drop and an add.
 */
const root = join(import.meta.dirname, '..');
const migrationsFolder = join(root, 'prisma/migrations');
const schemaFile = join(root, 'prisma/schema.prisma');
const name = process.argv[2];
const url = process.env['DATABASE_URL'];

if (name === undefined || !/^[a-z0-9-]+$/.test(name) || url === undefined) {
  process.stderr.write('usage: DATABASE_URL=… node tools/make-migration.ts <name-in-kebab-case>\n');
  process.exit(1);
}

const wanted = readFileSync(schemaFile, 'utf8');
const sql = await difference(schemaOfLastMigration(), wanted, url);
if (sql === '' || sql.startsWith('-- This is an empty migration')) {
  process.stdout.write('Nothing to do: the migrations already lead to schema.prisma.\n');
} else {
  const folder = join(migrationsFolder, `${timestamp()}_${name.replaceAll('-', '_')}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), `${sql}\n`);
  writeFileSync(join(folder, 'schema.prisma'), wanted);
  process.stdout.write(`Wrote ${folder}\n`);
}
// The engine leaves its connection open.
process.exit(0);

function schemaOfLastMigration(): string | undefined {
  if (!existsSync(migrationsFolder)) return undefined;
  const last = readdirSync(migrationsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .at(-1);
  return last && readFileSync(join(migrationsFolder, last, 'schema.prisma'), 'utf8');
}

async function difference(
  before: string | undefined,
  after: string,
  serverUrl: string,
): Promise<string> {
  const filesOf = (content: string) => [{ path: schemaFile, content }];
  const engine = await SchemaEngine.new(
    { datamodels: [[schemaFile, after]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new PrismaPg(serverUrl)),
  );
  const { stdout } = await engine.diff({
    from:
      before === undefined ? { tag: 'empty' } : { tag: 'schemaDatamodel', files: filesOf(before) },
    to: { tag: 'schemaDatamodel', files: filesOf(after) },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return (stdout ?? '').trim();
}

function timestamp(): string {
  return new Date().toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
}
