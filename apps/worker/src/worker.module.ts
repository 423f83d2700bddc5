import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { MaintenanceBeat } from './maintenance/maintenance-beat.ts';
import { OrphanClosing } from './maintenance/orphan-closing.ts';
import { Retention } from './maintenance/retention.ts';
import { PreflightConsumer } from './preflight/preflight-consumer.ts';
import type { Resources } from './resources.ts';
import { RESOURCES } from './tokens.ts';

/**
 * Work in the background: whatever may wait, and whatever must not hold up a stream or a person.
 */
@Module({})
export class WorkerModule implements OnApplicationShutdown {
  static with(resources: Resources): DynamicModule {
    return {
      module: WorkerModule,
      providers: [
        { provide: RESOURCES, useValue: resources },
        MaintenanceBeat,
        OrphanClosing,
        PreflightConsumer,
        Retention,
      ],
    };
  }

  constructor(@Inject(RESOURCES) private readonly resources: Resources) {}

  async onApplicationShutdown(): Promise<void> {
    const { database, live, queues } = this.resources;
    await queues.close();
    live.close();
    await database.close();
  }
}
