import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import type { Resources } from '../resources.ts';
import { RESOURCES } from '../tokens.ts';
import { DeliveryDesk } from './delivery-desk.ts';

/** Tries what is asked for. */
@Injectable()
export class DeliveryConsumer implements OnApplicationBootstrap {
  constructor(
    @Inject(RESOURCES) private readonly resources: Resources,
    @Inject(DeliveryDesk) private readonly desk: DeliveryDesk,
  ) {}

  onApplicationBootstrap(): void {
    this.resources.queues.deliveries.consume((deliveryId) => this.desk.deliver(deliveryId));
  }
}
