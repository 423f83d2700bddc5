import { ApiTokenRepository } from './api-token-repository.ts';
import { AuditRepository } from './audit-repository.ts';
import { BroadcastRepository } from './broadcast-repository.ts';
import { DesiredStateRepository } from './desired-state-repository.ts';
import { DestinationRepository } from './destination-repository.ts';
import { IngestKeyRepository } from './ingest-key-repository.ts';
import { IngestRulesRepository } from './ingest-rules-repository.ts';
import { InvitationRepository } from './invitation-repository.ts';
import { MemberRepository } from './member-repository.ts';
import { ScheduleRepository } from './schedule-repository.ts';
import { SharedKeyRepository } from './shared-key-repository.ts';
import { SlateRepository } from './slate-repository.ts';
import { StatisticsRepository } from './statistics-repository.ts';
import { StreamRepository } from './stream-repository.ts';
import { UsageRepository } from './usage-repository.ts';
import { WebhookRepository } from './webhook-repository.ts';
import type { WorkspaceClient } from './workspace-client.ts';

/** What one workspace has. Ids of another's rows are ids of nothing here. */
export class WorkspaceDatabase {
  readonly id: string;
  readonly streams: StreamRepository;
  readonly ingestKeys: IngestKeyRepository;
  readonly ingestRules: IngestRulesRepository;
  readonly destinations: DestinationRepository;
  readonly slates: SlateRepository;
  readonly broadcasts: BroadcastRepository;
  readonly statistics: StatisticsRepository;
  readonly sharedKeys: SharedKeyRepository;
  readonly desired: DesiredStateRepository;
  readonly webhooks: WebhookRepository;
  readonly schedules: ScheduleRepository;
  readonly members: MemberRepository;
  readonly invitations: InvitationRepository;
  readonly tokens: ApiTokenRepository;
  readonly audit: AuditRepository;
  readonly usage: UsageRepository;

  constructor(client: WorkspaceClient) {
    this.id = client.workspaceId;
    this.streams = new StreamRepository(client);
    this.ingestKeys = new IngestKeyRepository(client);
    this.ingestRules = new IngestRulesRepository(client);
    this.destinations = new DestinationRepository(client);
    this.slates = new SlateRepository(client);
    this.broadcasts = new BroadcastRepository(client);
    this.statistics = new StatisticsRepository(client);
    this.sharedKeys = new SharedKeyRepository(client);
    this.desired = new DesiredStateRepository(client);
    this.webhooks = new WebhookRepository(client);
    this.schedules = new ScheduleRepository(client);
    this.members = new MemberRepository(client);
    this.invitations = new InvitationRepository(client);
    this.tokens = new ApiTokenRepository(client);
    this.audit = new AuditRepository(client);
    this.usage = new UsageRepository(client);
  }
}
