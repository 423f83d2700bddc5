import type { CodedClient } from './coded-client.ts';
import { findMigrationsFolder, readMigrations } from './migration-files.ts';

/** Whether the database has reached this program's newest migration. */
export class PendingMigrations {
  readonly #client: CodedClient;
  #reached = false;

  constructor(client: CodedClient) {
    this.#client = client;
  }

  /** Names, oldest first. Empty for good once it was empty: schemas do not go back. */
  async names(): Promise<readonly string[]> {
    if (this.#reached) return [];
    const migrations = await readMigrations(findMigrationsFolder());
    const applied = await this.#applied();
    const pending = migrations.map(({ name }) => name).filter((name) => !applied.has(name));
    this.#reached = pending.length === 0;
    return pending;
  }

  async #applied(): Promise<ReadonlySet<string>> {
    const tables = await this.#client.queries.$queryRaw<unknown[]>`
      SELECT 1 FROM pg_tables
       WHERE schemaname = current_schema() AND tablename = '_prisma_migrations'`;
    if (tables.length === 0) return new Set();
    const rows = await this.#client.queries.$queryRaw<{ migration_name: string }[]>`
      SELECT migration_name FROM _prisma_migrations
       WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
    return new Set(rows.map((row) => row.migration_name));
  }
}
