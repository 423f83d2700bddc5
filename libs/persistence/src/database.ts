import { CodedClient } from './coded-client.ts';
import type { ConnectionOptions } from './coded-client.ts';
import { unavailable } from './coded-fault.ts';
import { PendingMigrations } from './pending-migrations.ts';
import { SystemDatabase } from './system-database.ts';
import { WorkspaceClient } from './workspace-client.ts';
import { WorkspaceDatabase } from './workspace-database.ts';

/** Closing gives up after this, in ms: a frozen Postgres must not keep a process alive. */
const CLOSE_DEADLINE_MS = 1_000;

/** Workspaces whose narrowed clients are kept at hand. */
const WORKSPACES_KEPT_MAX = 1_000;

/** One process's connections to Postgres. Every method rejects with a PersistenceError. */
export class Database {
  /** What is above every workspace. In the API: for finding out who asks, and little else. */
  readonly system: SystemDatabase;
  readonly #client: CodedClient;
  readonly #pending: PendingMigrations;
  readonly #workspaces = new Map<string, WorkspaceDatabase>();

  constructor(client: CodedClient) {
    this.system = new SystemDatabase(client);
    this.#client = client;
    this.#pending = new PendingMigrations(client);
  }

  /** What one workspace has, and nothing else. Whether the caller may see it, the caller knows. */
  workspace(id: string): WorkspaceDatabase {
    const kept = this.#workspaces.get(id);
    if (kept !== undefined) return kept;
    const made = new WorkspaceDatabase(new WorkspaceClient(this.#client, id));
    this.#workspaces.set(id, made);
    const [oldest] = this.#workspaces.keys();
    if (this.#workspaces.size > WORKSPACES_KEPT_MAX && oldest !== undefined) {
      this.#workspaces.delete(oldest);
    }
    return made;
  }

  /** Resolves when Postgres answers within `deadlineMs`, else rejects DATABASE_UNAVAILABLE. */
  async ping(deadlineMs: number): Promise<void> {
    const answer = this.#client.queries.$queryRaw`SELECT 1`;
    const inTime = await Promise.race([answer.then(() => true), after(deadlineMs, false)]);
    // The late answer, or its fault, no longer matters to anyone.
    answer.catch(() => undefined);
    if (!inTime) throw unavailable(undefined);
  }

  /** What all tables and indexes of the database take on the disk. */
  async sizeBytes(): Promise<number> {
    const [row] = await this.#client.queries.$queryRaw<{ bytes: bigint }[]>`
      SELECT pg_database_size(current_database()) AS bytes`;
    return Number(row?.bytes ?? 0);
  }

  /** Names of this program's migrations that the database has not reached yet, oldest first. */
  pendingMigrations(): Promise<readonly string[]> {
    return this.#pending.names();
  }

  /** Within a second. Closing twice does nothing. */
  async close(): Promise<void> {
    await Promise.race([this.#client.close(), after(CLOSE_DEADLINE_MS, undefined)]);
  }
}

/** Connects at the first question, not before: a process can start while Postgres is away. */
export function openDatabase(options: ConnectionOptions): Database {
  return new Database(new CodedClient(options));
}

function after<T>(delayMs: number, value: T): Promise<T> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(value), delayMs).unref();
  });
}
