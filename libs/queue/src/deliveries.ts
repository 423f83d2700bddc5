import { z } from 'zod';
import { idSchema } from '#contracts';
import type { Consume, Consumer } from './job-consumer.ts';
import type { JobProducer } from './job-producer.ts';

export const QUEUE = 'deliveries';
/** Each waits for somebody else's server, for seconds at worst. */
const TRIES_AT_ONCE = 32;

const payloadSchema = z.object({ deliveryId: idSchema });

/** One try of a delivery. */
export interface DeliveryTry {
  readonly id: string;
  /** Tries before this one: names the job, so that asking twice for one try is asking once. */
  readonly tries: number;
  readonly delayMs: number;
}

export interface Deliveries {
  /**
   * Asks for tries. A lost job is no lost delivery: Postgres knows what is due, and what is due is
   * asked for again. Rejects with QUEUE_UNAVAILABLE within 2 s.
   */
  request(tries: readonly DeliveryTry[]): Promise<void>;
  consume(handle: (deliveryId: string) => Promise<void>): Consumer;
}

export function deliveries(producer: JobProducer, consume: Consume): Deliveries {
  return {
    async request(tries) {
      if (tries.length === 0) return;
      await producer.run(QUEUE, (queue) =>
        queue.addBulk(
          tries.map(({ id, tries: before, delayMs }) => ({
            name: 'try',
            data: { expiresAtWallMs: null, payload: { deliveryId: id } },
            opts: {
              jobId: `${id}-${before}`,
              delay: Math.max(0, Math.round(delayMs)),
              // Kept, its name would keep the same try from being asked for again.
              removeOnComplete: true,
              removeOnFail: true,
            },
          })),
        ),
      );
    },
    consume: (handle) =>
      consume({
        name: QUEUE,
        payload: payloadSchema,
        concurrency: TRIES_AT_ONCE,
        handle: ({ deliveryId }) => handle(deliveryId),
      }),
  };
}
