import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import type { Resources } from '../resources.ts';
import { RESOURCES } from '../tokens.ts';

/** Tests the destinations that the API asks about. */
@Injectable()
export class PreflightConsumer implements OnApplicationBootstrap {
  constructor(@Inject(RESOURCES) private readonly resources: Resources) {}

  onApplicationBootstrap(): void {
    const { destinationTester, queues } = this.resources;
    queues.preflight.consume(({ destinationId, publish }) =>
      destinationTester.test(destinationId, publish),
    );
  }
}
