import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, openDatabase } from '#persistence';
import { freshDatabase } from './fresh-database.ts';
import type { FreshDatabase } from './fresh-database.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..');

describe('migrate', () => {
  let database: FreshDatabase;
  let folder: string;

  beforeEach(async () => {
    database = await freshDatabase({ migrated: false });
    folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  });
  afterEach(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const write = async (name: string, sql: string): Promise<void> => {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, 'migration.sql'), sql);
  };
  const run = () => migrate({ url: database.url, folder });

  it('applies what is missing, once, in the order of the names', async () => {
    await write('2_second', 'ALTER TABLE a ADD COLUMN c INT;');
    await write('1_first', 'CREATE TABLE a (b INT); CREATE INDEX ON a (b);');
    expect(await run()).toEqual(['1_first', '2_second']);
    expect(await run()).toEqual([]);
  });

  it('records migrations the way Prisma reads them', async () => {
    const sql = 'CREATE TABLE a (b INT);';
    await write('1_first', sql);
    await run();
    const rows = await database.query('SELECT * FROM _prisma_migrations');
    expect(rows).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        checksum: createHash('sha256').update(sql).digest('hex'),
        migration_name: '1_first',
        logs: null,
        rolled_back_at: null,
        started_at: expect.any(Date),
        finished_at: expect.any(Date),
        applied_steps_count: 1,
      },
    ]);
  });

  it('leaves nothing of a migration that the database refuses', async () => {
    await write('1_first', 'CREATE TABLE a (b INT);');
    await write('2_broken', 'CREATE TABLE c (d INT); CREATE TABLE a (b INT);');
    await expect(run()).rejects.toMatchObject({ code: 'MIGRATION_REFUSED' });
    expect(await database.query(`SELECT to_regclass('a') AS a, to_regclass('c') AS c`)).toEqual([
      { a: 'a', c: null },
    ]);
    await write('2_broken', 'CREATE TABLE c (d INT);');
    expect(await run()).toEqual(['2_broken']);
  });

  it('refuses to go on when an applied migration was edited', async () => {
    await write('1_first', 'CREATE TABLE a (b INT);');
    await run();
    await write('1_first', 'CREATE TABLE a (b BIGINT);');
    await expect(run()).rejects.toMatchObject({ code: 'MIGRATION_EDITED' });
  });

  it('refuses to go on behind a migration that another tool left unfinished', async () => {
    await write('1_first', 'CREATE TABLE a (b INT);');
    await run();
    await database.query('UPDATE _prisma_migrations SET finished_at = NULL');
    await expect(run()).rejects.toMatchObject({ code: 'MIGRATION_UNFINISHED' });
  });

  it('leaves migrations of a newer version alone', async () => {
    await write('1_first', 'CREATE TABLE a (b INT);');
    await write('2_newer', 'CREATE TABLE c (d INT);');
    await run();
    await rm(join(folder, '2_newer'), { recursive: true });
    expect(await run()).toEqual([]);
  });

  it('lets several processes start at once', async () => {
    await write('1_first', 'CREATE TABLE a (b INT);');
    const applied = await Promise.all([run(), run(), run()]);
    expect(applied.flat()).toEqual(['1_first']);
  });

  it('says that the database is away', async () => {
    const url = 'postgresql://nobody@127.0.0.1:1/nothing';
    await expect(migrate({ url, folder })).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });
});

describe('the migrations of this repository', () => {
  it('are pending until they are applied', async () => {
    const fresh = await freshDatabase({ migrated: false });
    const database = openDatabase({ url: fresh.url });
    const pending = await database.pendingMigrations();
    expect(pending).not.toEqual([]);
    expect(await migrate({ url: fresh.url })).toEqual(pending);
    expect(await database.pendingMigrations()).toEqual([]);
    await database.close();
    await fresh.drop();
  });

  it('lead to schema.prisma', async () => {
    const folder = join(REPOSITORY, 'prisma/migrations');
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const last = names.sort().at(-1) ?? '';
    const reached = await readFile(join(folder, last, 'schema.prisma'), 'utf8');
    const wanted = await readFile(join(REPOSITORY, 'prisma/schema.prisma'), 'utf8');
    expect(reached, 'run tools/make-migration.ts').toBe(wanted);
  });
});
