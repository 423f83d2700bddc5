import { systemRandom } from '#kernel';
import { Mailer } from '../mail/mailer.ts';
import type { Resources } from '../resources.ts';
import { RESOURCES } from '../tokens.ts';
import type { WorkerPart } from '../worker-part.ts';
import { DeliveryConsumer } from './delivery-consumer.ts';
import { DeliveryDesk } from './delivery-desk.ts';
import { DeliverySender } from './delivery-sender.ts';
import { DeliverySweep } from './delivery-sweep.ts';

/** Tells webhooks and notices what happened. */
export const deliveries: WorkerPart = {
  providers: [
    {
      provide: DeliveryDesk,
      inject: [RESOURCES, Mailer],
      useFactory: (resources: Resources, mailer: Mailer) =>
        new DeliveryDesk({
          ...resources,
          random: systemRandom,
          sender: new DeliverySender({ ...resources, mailer }),
        }),
    },
    DeliveryConsumer,
    DeliverySweep,
  ],
  duties: [],
};
