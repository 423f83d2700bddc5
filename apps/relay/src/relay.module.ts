import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { RelayService } from './relay.service.ts';
import { openResources, RESOURCES, type RelayResources } from './resources.ts';

/** The relay process: an application context without HTTP. Lanes and pushes know nothing of it. */
@Module({})
export class RelayModule implements OnApplicationShutdown {
  static with(settings: DynamicModule): DynamicModule {
    return {
      module: RelayModule,
      imports: [settings],
      providers: [
        { provide: RESOURCES, inject: [ConfigService], useFactory: openResources },
        RelayService,
      ],
    };
  }

  constructor(@Inject(RESOURCES) private readonly resources: RelayResources) {}

  /** After the broadcasts have ended. */
  async onApplicationShutdown(): Promise<void> {
    const { live, queues, database } = this.resources;
    live.close();
    await Promise.all([queues.close(), database.close()]);
  }
}
