import { ApiTokenLookup } from './api-token-repository.ts';
import { AuditTrail } from './audit-repository.ts';
import type { CodedClient } from './coded-client.ts';
import { DeliveryRepository } from './delivery-repository.ts';
import { DesiredStateRepository } from './desired-state-repository.ts';
import { findDestination } from './destination-repository.ts';
import type { DestinationRepository } from './destination-repository.ts';
import { HistoryRepository } from './history-repository.ts';
import { IdempotencyRepository } from './idempotency-repository.ts';
import { findIngestKey, type FoundIngestKey } from './ingest-key-repository.ts';
import { InvitationLinks } from './invitation-repository.ts';
import { tellEveryWorkspace, type InstanceEvent } from './instance-events.ts';
import { PasswordResetRepository } from './password-reset-repository.ts';
import { PublishLinkRepository } from './publish-link-repository.ts';
import { ScheduleEdges } from './schedule-repository.ts';
import { SealedRepository } from './sealed-repository.ts';
import { SessionRepository } from './session-repository.ts';
import { findSlate } from './slate-repository.ts';
import type { SlateRepository } from './slate-repository.ts';
import { StatisticsWriter } from './statistics-writer.ts';
import { UpkeepRepository } from './upkeep-repository.ts';
import { UserRepository } from './user-repository.ts';
import { WorkspaceRepository } from './workspace-repository.ts';

/** By what an encoder shows: its workspace is found by it. */
interface IngestKeyLookup {
  findByHash(keyHash: string): Promise<FoundIngestKey | undefined>;
}

/** What is above every workspace: for relays, workers, and for finding out who asks. */
export class SystemDatabase {
  readonly workspaces: WorkspaceRepository;
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly tokens: ApiTokenLookup;
  readonly invitations: InvitationLinks;
  readonly passwordResets: PasswordResetRepository;
  readonly audit: AuditTrail;
  readonly idempotency: IdempotencyRepository;
  readonly desired: DesiredStateRepository;
  readonly history: HistoryRepository;
  readonly statistics: StatisticsWriter;
  readonly upkeep: UpkeepRepository;
  readonly deliveries: DeliveryRepository;
  readonly scheduleEdges: ScheduleEdges;
  readonly ingestKeys: IngestKeyLookup;
  readonly publishLinks: PublishLinkRepository;
  readonly sealed: SealedRepository;
  /** Something that concerns all of them; each hears it once, however often it is told. */
  readonly tellEveryWorkspace: (event: InstanceEvent) => Promise<void>;
  readonly destinations: Pick<DestinationRepository, 'find'>;
  readonly slates: Pick<SlateRepository, 'find'>;

  constructor(client: CodedClient) {
    this.workspaces = new WorkspaceRepository(client);
    this.users = new UserRepository(client);
    this.sessions = new SessionRepository(client);
    this.tokens = new ApiTokenLookup(client);
    this.invitations = new InvitationLinks(client);
    this.passwordResets = new PasswordResetRepository(client);
    this.audit = new AuditTrail(client);
    this.idempotency = new IdempotencyRepository(client);
    this.desired = new DesiredStateRepository(client);
    this.history = new HistoryRepository(client);
    this.statistics = new StatisticsWriter(client);
    this.upkeep = new UpkeepRepository(client);
    this.deliveries = new DeliveryRepository(client);
    this.scheduleEdges = new ScheduleEdges(client);
    this.publishLinks = new PublishLinkRepository(client);
    this.sealed = new SealedRepository(client);
    this.tellEveryWorkspace = (event) => tellEveryWorkspace(client, event);
    const { queries } = client;
    this.ingestKeys = { findByHash: (keyHash) => findIngestKey(queries, keyHash) };
    this.destinations = { find: (id) => findDestination(queries, id) };
    this.slates = { find: (streamId) => findSlate(queries, streamId) };
  }
}
