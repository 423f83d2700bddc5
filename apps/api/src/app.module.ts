import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.ts';
import { AuthModule } from './auth/auth.module.ts';
import { BroadcastsModule } from './broadcasts/broadcasts.module.ts';
import { ChecksModule } from './checks/checks.module.ts';
import { DestinationsModule } from './destinations/destinations.module.ts';
import { EventsModule } from './events/events.module.ts';
import { HealthModule } from './health/health.module.ts';
import { IdempotencyModule } from './idempotency/idempotency.module.ts';
import { InfrastructureModule } from './infrastructure/infrastructure.module.ts';
import type { Resources } from './infrastructure/resources.ts';
import { IngestRulesModule } from './ingest-rules/ingest-rules.module.ts';
import { NodesModule } from './nodes/nodes.module.ts';
import { PlatformsModule } from './platforms/platforms.module.ts';
import { SchedulesModule } from './schedules/schedules.module.ts';
import { StatisticsModule } from './statistics/statistics.module.ts';
import { StreamsModule } from './streams/streams.module.ts';
import { WebhooksModule } from './webhooks/webhooks.module.ts';
import { WorkspacesModule } from './workspaces/workspaces.module.ts';

/** The control plane over HTTP. */
@Module({})
export class AppModule {
  static with(resources: Resources): DynamicModule {
    return {
      module: AppModule,
      imports: [
        InfrastructureModule.with(resources),
        AuthModule,
        HealthModule,
        IdempotencyModule,
        EventsModule,
        StreamsModule,
        DestinationsModule,
        BroadcastsModule,
        PlatformsModule,
        WorkspacesModule,
        AuditModule,
        IngestRulesModule,
        ChecksModule,
        NodesModule,
        StatisticsModule,
        WebhooksModule,
        SchedulesModule,
      ],
    };
  }
}
