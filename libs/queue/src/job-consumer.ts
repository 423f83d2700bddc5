import { Worker } from 'bullmq';
import type { Job } from 'bullmq';
import { Redis } from 'ioredis';
import type { ZodType } from 'zod';
import type { Clock, Timers } from '#kernel';
import { consumerSettings, IDLE_BLOCK_SECONDS, QUEUE_PREFIX } from './connection-settings.ts';
import { openEnvelope } from './job-envelope.ts';

/**
 * A job whose worker has not said for this long that it is alive is taken over. The same on every
 * worker.
 */
const LOCK_MS = 30_000;
const STALLED_CHECK_MS = 10_000;
/** BullMQ waits 15 s after a lost connection unless told otherwise. */
const RETRY_AFTER_FAULT_MS = 1000;
/** How long an orderly end may wait for jobs under way and for Redis. */
const CLOSE_DEADLINE_MS = 1000;

export interface JobConsumerOptions<Payload> {
  readonly url: string;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly onFault: (fault: Error) => void;
  readonly name: string;
  readonly payload: ZodType<Payload>;
  /** Jobs under way at once. */
  readonly concurrency: number;
  /**
   * What it gives back is kept as the job's answer. It may be called twice for one job: ensure, do
   * not start.
   */
  readonly handle: (payload: Payload) => Promise<unknown>;
}

export interface Consumer {
  /** Takes no more jobs, lets those under way end within a second, then closes. Never rejects. */
  close(): Promise<void>;
}

type Shared = 'clock' | 'onFault' | 'timers' | 'url';
/** Starts a consumer that ends with the queues. */
export type Consume = <Payload>(job: Omit<JobConsumerOptions<Payload>, Shared>) => Consumer;

/** The side that does. Outlives every absence of Redis. */
export function consumeJobs<Payload>(options: JobConsumerOptions<Payload>): Consumer {
  const redis = new Redis(options.url, consumerSettings());
  redis.on('error', options.onFault);
  const worker = new Worker<unknown, unknown>(
    options.name,
    ({ data }: Job<unknown>) => options.handle(openEnvelope(options.payload, data, options.clock)),
    {
      connection: redis,
      prefix: QUEUE_PREFIX,
      skipVersionCheck: true,
      concurrency: options.concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      drainDelay: IDLE_BLOCK_SECONDS,
      runRetryDelay: RETRY_AFTER_FAULT_MS,
    },
  );
  worker.on('error', options.onFault);
  worker.on('failed', (_job, fault) => options.onFault(fault));
  return { close: () => closeWithinDeadline(worker, redis, options.timers) };
}

function closeWithinDeadline(worker: Worker, redis: Redis, timers: Timers): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      redis.disconnect();
      resolve();
    };
    const cancel = timers.after(CLOSE_DEADLINE_MS, () => {
      worker.disconnect().catch(() => undefined);
      end();
    });
    worker.close().then(end, end);
  });
}
