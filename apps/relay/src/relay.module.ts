import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { RelayService } from './relay.service.ts';
import { RelayResources } from './resources.ts';

/** The relay process: an application context without HTTP. Lanes and pushes know nothing of it. */
@Module({})
export class RelayModule implements OnApplicationShutdown {
  static with(resources: RelayResources): DynamicModule {
    return {
      module: RelayModule,
      providers: [{ provide: RelayResources, useValue: resources }, RelayService],
    };
  }

  constructor(private readonly resources: RelayResources) {}

  /** After the broadcasts have ended. */
  async onApplicationShutdown(): Promise<void> {
    const { live, queues, database } = this.resources;
    live.close();
    await Promise.all([queues.close(), database.close()]);
  }
}
