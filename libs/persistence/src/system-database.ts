import type { CodedClient } from './coded-client.ts';
import { DesiredStateRepository } from './desired-state-repository.ts';
import { DestinationRepository } from './destination-repository.ts';
import { HistoryRepository } from './history-repository.ts';
import { IdempotencyRepository } from './idempotency-repository.ts';
import { IngestKeyRepository } from './ingest-key-repository.ts';
import { SessionRepository } from './session-repository.ts';
import { SlateRepository } from './slate-repository.ts';
import { UpkeepRepository } from './upkeep-repository.ts';
import { UserRepository } from './user-repository.ts';
import { WorkspaceRepository } from './workspace-repository.ts';

/** What is above every workspace: for relays, workers, and for finding out who asks. */
export class SystemDatabase {
  readonly workspaces: WorkspaceRepository;
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly idempotency: IdempotencyRepository;
  readonly desired: DesiredStateRepository;
  readonly history: HistoryRepository;
  readonly upkeep: UpkeepRepository;
  readonly ingestKeys: Pick<IngestKeyRepository, 'findByHash'>;
  readonly destinations: Pick<DestinationRepository, 'find'>;
  readonly slates: Pick<SlateRepository, 'find'>;

  constructor(client: CodedClient) {
    this.workspaces = new WorkspaceRepository(client);
    this.users = new UserRepository(client);
    this.sessions = new SessionRepository(client);
    this.idempotency = new IdempotencyRepository(client);
    this.desired = new DesiredStateRepository(client);
    this.history = new HistoryRepository(client);
    this.upkeep = new UpkeepRepository(client);
    this.ingestKeys = new IngestKeyRepository(client);
    this.destinations = new DestinationRepository(client);
    this.slates = new SlateRepository(client);
  }
}
