import { Global, Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import type { Live } from '#live';
import { Database } from '#persistence';
import type { Queues } from '#queue';
import { MasterKey } from '#vault';
import type { Resources } from './resources.ts';
import { CLOCK, ENVIRONMENT, LIVE, LOGGER, QUEUES } from './tokens.ts';

/**
 * The process's connections and settings, for every module to ask for. Closes them when the
 * application ends.
 */
@Global()
@Module({})
export class InfrastructureModule implements OnApplicationShutdown {
  static with(resources: Resources): DynamicModule {
    const providers = [
      { provide: ENVIRONMENT, useValue: resources.environment },
      { provide: LOGGER, useValue: resources.logger },
      { provide: CLOCK, useValue: resources.clock },
      { provide: LIVE, useValue: resources.live },
      { provide: QUEUES, useValue: resources.queues },
      { provide: Database, useValue: resources.database },
      { provide: MasterKey, useValue: resources.masterKey },
    ];
    return { module: InfrastructureModule, providers, exports: providers };
  }

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LIVE) private readonly live: Live,
    @Inject(QUEUES) private readonly queues: Queues,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.live.close();
    await Promise.all([this.queues.close(), this.database.close()]);
  }
}
