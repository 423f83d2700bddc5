import { BroadcastRepository } from './broadcast-repository.ts';
import { CodedClient } from './coded-client.ts';
import type { ConnectionOptions } from './coded-client.ts';
import { unavailable } from './coded-fault.ts';
import { DesiredStateRepository } from './desired-state-repository.ts';
import { DestinationRepository } from './destination-repository.ts';
import { HistoryRepository } from './history-repository.ts';
import { IdempotencyRepository } from './idempotency-repository.ts';
import { IngestKeyRepository } from './ingest-key-repository.ts';
import { PendingMigrations } from './pending-migrations.ts';
import { SessionRepository } from './session-repository.ts';
import { SlateRepository } from './slate-repository.ts';
import { StreamRepository } from './stream-repository.ts';
import { SystemDatabase } from './system-database.ts';
import { UpkeepRepository } from './upkeep-repository.ts';
import { UserRepository } from './user-repository.ts';
import { WorkspaceDatabase } from './workspace-database.ts';

/** Closing gives up after this, in ms: a frozen Postgres must not keep a process alive. */
const CLOSE_DEADLINE_MS = 1_000;

/** One process's connections to Postgres. Every method rejects with a PersistenceError. */
export class Database {
  readonly system: SystemDatabase;
  readonly streams: StreamRepository;
  readonly ingestKeys: IngestKeyRepository;
  readonly destinations: DestinationRepository;
  readonly slates: SlateRepository;
  readonly desired: DesiredStateRepository;
  readonly history: HistoryRepository;
  readonly broadcasts: BroadcastRepository;
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly idempotency: IdempotencyRepository;
  readonly upkeep: UpkeepRepository;
  readonly #client: CodedClient;
  readonly #pending: PendingMigrations;

  constructor(client: CodedClient) {
    this.#client = client;
    this.#pending = new PendingMigrations(client);
    this.system = new SystemDatabase(client);
    this.streams = new StreamRepository(client);
    this.ingestKeys = new IngestKeyRepository(client);
    this.destinations = new DestinationRepository(client);
    this.slates = new SlateRepository(client);
    this.desired = new DesiredStateRepository(client);
    this.history = new HistoryRepository(client);
    this.broadcasts = new BroadcastRepository(client);
    this.users = new UserRepository(client);
    this.sessions = new SessionRepository(client);
    this.idempotency = new IdempotencyRepository(client);
    this.upkeep = new UpkeepRepository(client);
  }

  workspace(id: string): WorkspaceDatabase {
    return new WorkspaceDatabase(this.#client, id);
  }

  /** Resolves when Postgres answers within `deadlineMs`, else rejects DATABASE_UNAVAILABLE. */
  async ping(deadlineMs: number): Promise<void> {
    const answer = this.#client.queries.$queryRaw`SELECT 1`;
    const inTime = await Promise.race([answer.then(() => true), after(deadlineMs, false)]);
    // The late answer, or its fault, no longer matters to anyone.
    answer.catch(() => undefined);
    if (!inTime) throw unavailable(undefined);
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
