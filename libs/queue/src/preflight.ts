import type { Job } from 'bullmq';
import { z } from 'zod';
import { idSchema, preflightResultSchema } from '#contracts';
import type { PreflightResult } from '#contracts';
import type { Clock, Timers } from '#kernel';
import type { Consume, Consumer } from './job-consumer.ts';
import type { JobEnvelope } from './job-envelope.ts';
import type { JobProducer } from './job-producer.ts';
import { QueueError } from './queue-error.ts';

/** Longest time a person waits for the answer of a connection test. */
export const PREFLIGHT_DEADLINE_MS = 25_000;
const TESTS_AT_ONCE = 16;
/**
 * Answers are asked for rather than announced: tests are rare and short, and need no connection
 * that listens.
 */
const ASK_EVERY_MS = 200;
export const QUEUE = 'preflight';

/** `publish`: also the platform's private test. Ids only: Redis holds jobs in plain text. */
const payloadSchema = z.object({ destinationId: idSchema, publish: z.boolean().default(false) });
export type PreflightOrder = z.infer<typeof payloadSchema>;

export interface Preflight {
  /**
   * Asks a worker to test a destination. Rejects with a `QueueError` within 25 s when there is no
   * answer.
   */
  request(order: PreflightOrder): Promise<PreflightResult>;
  consume(handle: (order: PreflightOrder) => Promise<PreflightResult>): Consumer;
}

export function preflight(
  producer: JobProducer,
  consume: Consume,
  { clock, timers }: { readonly clock: Clock; readonly timers: Timers },
): Preflight {
  return {
    async request(order) {
      const endsAtMs = clock.monotonicMs() + PREFLIGHT_DEADLINE_MS;
      const id = await enqueue(producer, order, clock.wallMs() + PREFLIGHT_DEADLINE_MS);
      while (clock.monotonicMs() < endsAtMs) {
        const job = await producer.run(QUEUE, (queue) => queue.getJob(id));
        const answer = answerOf(job);
        if (answer) return answer;
        await new Promise<void>((resolve) => timers.after(ASK_EVERY_MS, resolve));
      }
      throw new QueueError('QUEUE_ANSWER_LATE', 'No worker answered the connection test in time.');
    },
    consume: (handle) =>
      consume({
        name: QUEUE,
        payload: payloadSchema,
        concurrency: TESTS_AT_ONCE,
        handle,
      }),
  };
}

async function enqueue(
  producer: JobProducer,
  order: PreflightOrder,
  expiresAtWallMs: number,
): Promise<string> {
  const job = await producer.run(QUEUE, (queue) =>
    queue.add(
      'test',
      { expiresAtWallMs, payload: order },
      { removeOnComplete: { age: 60, count: 1000 }, removeOnFail: { age: 3600, count: 1000 } },
    ),
  );
  if (job.id === undefined) throw new QueueError('QUEUE_JOB_FAILED', 'The job was given no id.');
  return job.id;
}

/** Undefined while the test is under way. A job that is gone was lost with Redis' memory. */
function answerOf(job: Job<JobEnvelope> | undefined): PreflightResult | undefined {
  if (job === undefined) {
    throw new QueueError('QUEUE_JOB_FAILED', 'The connection test was lost; try again.');
  }
  if (job.finishedOn === undefined) return undefined;
  const answer = preflightResultSchema.safeParse(job.returnvalue);
  if (answer.success) return answer.data;
  const cause = job.failedReason;
  throw new QueueError('QUEUE_JOB_FAILED', 'The connection test could not be run.', { cause });
}
