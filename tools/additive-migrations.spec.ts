import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from './services/repository.ts';
import { notAdditive } from './tidy/additive-sql.ts';

const FOLDER = join(REPOSITORY, 'prisma', 'migrations');

/**
 * What had to be done all the same, by migration: the clause's beginning, and why the version
 * before survives it, or is not there. A column goes in two releases: first nothing reads it, then
 * it is dropped, with the release named here.
 */
const LISTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '20261121203226_control_plane': {
    'ALTER TABLE "slates" DROP CONSTRAINT': 'before the first release',
    'ALTER TABLE "ingest_keys" DROP CONSTRAINT': 'before the first release',
    'ALTER TABLE "destinations" DROP CONSTRAINT': 'before the first release',
    'ALTER TABLE "users" DROP COLUMN "role"': 'before the first release',
    'ALTER TABLE "events" ALTER COLUMN "broadcast_id" DROP NOT NULL': 'before the first release',
    'UPDATE "users"': 'fills a column that it adds',
    'UPDATE "broadcasts"': 'fills a column that it adds',
    'UPDATE "events"': 'fills columns that it adds',
    'CREATE UNIQUE INDEX "streams_workspace_id_id_key"': 'its last column is unique by itself',
    'CREATE UNIQUE INDEX "slates_workspace_id_stream_id_key"': 'its last column is the key',
    'ALTER TABLE "streams" ADD CONSTRAINT': 'its column has a default that is there',
    'ALTER TABLE "slates" ADD CONSTRAINT': 'its new column has a default that is there',
    'ALTER TABLE "ingest_keys" ADD CONSTRAINT': 'its new column has a default that is there',
    'ALTER TABLE "destinations" ADD CONSTRAINT': 'its new column has a default that is there',
  },
  '20261121213844_workspace_is_said': {
    'ALTER TABLE "streams" ALTER COLUMN "workspace_id" DROP DEFAULT': 'before the first release',
    'ALTER TABLE "slates" ALTER COLUMN "workspace_id" DROP DEFAULT': 'before the first release',
    'ALTER TABLE "ingest_keys" ALTER COLUMN "workspace_id" DROP DEFAULT':
      'before the first release',
    'ALTER TABLE "destinations" ALTER COLUMN "workspace_id" DROP DEFAULT':
      'before the first release',
  },
};

const migrations = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();

describe('a migration, while the version before still runs', () => {
  it.each(migrations)('%s only adds, but for what is listed with its reason', (name) => {
    const sql = readFileSync(join(FOLDER, name, 'migration.sql'), 'utf8');
    const listed = Object.keys(LISTED[name] ?? {});
    const found = notAdditive(sql);
    expect(found.filter((clause) => !listed.some((start) => clause.startsWith(start)))).toEqual([]);
    // What is listed is done: a list that is longer than that would let more through.
    expect(listed.filter((start) => !found.some((clause) => clause.startsWith(start)))).toEqual([]);
  });

  it('is listed only where there is one', () => {
    expect(migrations).toEqual(expect.arrayContaining(Object.keys(LISTED)));
  });

  it.each([
    ['a column that may be empty', 'ALTER TABLE "a" ADD COLUMN "b" TEXT;'],
    ['a column with a default', 'ALTER TABLE "a" ADD COLUMN     "b" INTEGER NOT NULL DEFAULT 1;'],
    ['two of them', 'ALTER TABLE "a" ADD COLUMN "b" TEXT,\nADD COLUMN "c" DECIMAL(3, 2);'],
    ['an index', '-- CreateIndex\nCREATE INDEX "a_b_idx" ON "a"("b");'],
    ['the end of one', 'DROP INDEX "a_b_idx";'],
    [
      'a table with all that it needs',
      `CREATE TABLE "a" ("b" TEXT NOT NULL);
       CREATE UNIQUE INDEX "a_b_key" ON "a"("b");
       ALTER TABLE "a" ADD CONSTRAINT "a_fkey" FOREIGN KEY ("b") REFERENCES "c"("b");`,
    ],
  ])('may add %s', (_what, sql) => {
    expect(notAdditive(sql)).toEqual([]);
  });

  it.each([
    ['drop a column', 'ALTER TABLE "a" ADD COLUMN "c" TEXT, DROP COLUMN "b";', 'DROP COLUMN "b"'],
    ['rename one', 'ALTER TABLE "a" RENAME COLUMN "b" TO "c";', 'RENAME COLUMN "b" TO "c"'],
    ['change a type', 'ALTER TABLE "a" ALTER COLUMN "b" TYPE BIGINT;', 'ALTER COLUMN "b" TYPE'],
    ['take a default away', 'ALTER TABLE "a" ALTER COLUMN "b" DROP DEFAULT;', 'DROP DEFAULT'],
    ['want a column', 'ALTER TABLE "a" ADD COLUMN "b" TEXT NOT NULL;', 'ADD COLUMN "b"'],
    ['want what is there', 'ALTER TABLE "a" ALTER COLUMN "b" SET NOT NULL;', 'SET NOT NULL'],
    ['want it once', 'CREATE UNIQUE INDEX "a_b_key" ON "a"("b");', 'CREATE UNIQUE INDEX'],
    ['take away that it is there once', 'DROP INDEX "a_b_key";', 'DROP INDEX "a_b_key"'],
    ['drop a table', 'DROP TABLE "a";', 'DROP TABLE "a"'],
    ['change rows', 'UPDATE "a" SET "b" = 1;', 'UPDATE "a"'],
    ['delete rows', 'DELETE FROM "a";', 'DELETE FROM "a"'],
  ])('may not %s without a reason', (_what, sql, clause) => {
    expect(notAdditive(sql)).toEqual([expect.stringContaining(clause)]);
  });
});
