import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { sentenceOf } from '#kernel';
import { unavailable } from './coded-fault.ts';
import { findMigrationsFolder, readMigrations } from './migration-files.ts';
import type { Migration } from './migration-files.ts';
import { PersistenceError } from './persistence-error.ts';

export interface MigrateOptions {
  readonly url: string;
  /** Default: `prisma/migrations` of the nearest folder above that has one. */
  readonly folder?: string;
}

/** The lock that Prisma's own migrate takes, so that the two never run side by side. */
const PRISMA_ADVISORY_LOCK = 72_707_369;
const CONNECT_DEADLINE_MS = 5_000;
/** Another process may be migrating; a long migration is a fault of its own. */
const LOCK_DEADLINE_MS = 60_000;

interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
}

/**
 * Brings the database to the newest migration: each in one transaction, under a lock, recorded the
 * way Prisma's own tools read. Migrations that only the database knows are left alone: they belong
 * to a newer version that ran here. Gives the names of those applied now.
 *
 * @throws PersistenceError `DATABASE_UNAVAILABLE`, `MIGRATION_UNFINISHED`, `MIGRATION_EDITED` or
 * `MIGRATION_REFUSED`.
 */
export async function migrate(options: MigrateOptions): Promise<readonly string[]> {
  const migrations = await readMigrations(options.folder ?? findMigrationsFolder());
  const client = new Client({
    connectionString: options.url,
    connectionTimeoutMillis: CONNECT_DEADLINE_MS,
    statement_timeout: LOCK_DEADLINE_MS,
    query_timeout: LOCK_DEADLINE_MS,
  });
  // A connection that ends while idle would otherwise end the process; the next query tells.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_ADVISORY_LOCK]);
  } catch (thrown) {
    await client.end().catch(() => undefined);
    throw unavailable(thrown);
  }
  try {
    return await applyMissing(client, migrations);
  } catch (thrown) {
    throw thrown instanceof PersistenceError ? thrown : unavailable(thrown);
  } finally {
    // The lock ends with the connection.
    await client.end().catch(() => undefined);
  }
}

async function applyMissing(client: Client, migrations: readonly Migration[]): Promise<string[]> {
  await client.query(MIGRATIONS_TABLE);
  const { rows } = await client.query<AppliedRow>(
    `SELECT migration_name, checksum, finished_at
       FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  );
  const applied = new Map(rows.map((row) => [row.migration_name, row]));
  const names: string[] = [];
  for (const migration of migrations) {
    const row = applied.get(migration.name);
    if (row === undefined) {
      await apply(client, migration);
      names.push(migration.name);
    } else {
      check(migration, row);
    }
  }
  return names;
}

function check(migration: Migration, row: AppliedRow): void {
  if (row.finished_at === null) {
    throw new PersistenceError(
      'MIGRATION_UNFINISHED',
      `The migration ${migration.name} began once and never ended; restore a backup, ` +
        'or repair it and mark it with "prisma migrate resolve".',
    );
  }
  if (row.checksum !== migration.checksum) {
    throw new PersistenceError(
      'MIGRATION_EDITED',
      `The migration ${migration.name} has changed since this database applied it.`,
    );
  }
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  const startedAt = new Date();
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations
         (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, $4, now(), 1)`,
      [randomUUID(), checksum, name, startedAt],
    );
    await client.query('COMMIT');
  } catch (thrown) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new PersistenceError(
      'MIGRATION_REFUSED',
      `The database refused the migration ${name}: ${sentenceOf(thrown)}`,
      { cause: thrown },
    );
  }
}

const MIGRATIONS_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;
