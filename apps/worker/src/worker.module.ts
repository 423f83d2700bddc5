import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { deliveries } from './deliveries/index.ts';
import { mail } from './mail/index.ts';
import { maintenance } from './maintenance/index.ts';
import { MaintenanceBeat } from './maintenance/maintenance-beat.ts';
import { PreflightConsumer } from './preflight/preflight-consumer.ts';
import type { Resources } from './resources.ts';
import { schedules } from './schedules/index.ts';
import { statistics } from './statistics/index.ts';
import { DUTIES, RESOURCES } from './tokens.ts';
import type { Duty, WorkerPart } from './worker-part.ts';

const PARTS: readonly WorkerPart[] = [maintenance, statistics, deliveries, mail, schedules];

/**
 * Work in the background: whatever may wait, and whatever must not hold up a stream or a person.
 */
@Module({})
export class WorkerModule implements OnApplicationShutdown {
  static with(resources: Resources): DynamicModule {
    const duties = PARTS.flatMap((part) => part.duties);
    return {
      module: WorkerModule,
      providers: [
        { provide: RESOURCES, useValue: resources },
        ...duties,
        ...PARTS.flatMap((part) => part.providers),
        { provide: DUTIES, inject: duties, useFactory: (...all: readonly Duty[]) => all },
        MaintenanceBeat,
        PreflightConsumer,
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
