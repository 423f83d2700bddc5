import { once } from 'node:events';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { sentenceOf } from '#kernel';
import type { Timers } from '#kernel';
import type { JobEnvelope } from './job-envelope.ts';
import { producerSettings, QUEUE_PREFIX } from './connection-settings.ts';
import { QueueError } from './queue-error.ts';

/** How long an enqueue, or a question to a queue, may take, connection included. */
export const ENQUEUE_DEADLINE_MS = 2000;
/** One command of it. */
const COMMAND_DEADLINE_MS = 1500;
/** Questions waiting for Redis at once. */
const CALLS_IN_FLIGHT_MAX = 500;

export interface JobProducerOptions {
  readonly url: string;
  readonly timers: Timers;
  readonly onFault: (fault: Error) => void;
}

/**
 * The side that asks. One connection for all queues; every call ends within `ENQUEUE_DEADLINE_MS`.
 */
export class JobProducer {
  readonly #redis: Redis;
  readonly #timers: Timers;
  readonly #onFault: (fault: Error) => void;
  readonly #queues = new Map<string, Queue<JobEnvelope>>();
  #inFlight = 0;

  constructor(options: JobProducerOptions) {
    this.#timers = options.timers;
    this.#onFault = options.onFault;
    this.#redis = new Redis(options.url, producerSettings(COMMAND_DEADLINE_MS));
    this.#redis.on('error', this.#onFault);
    // Every queue and every waiting call listens on the one connection.
    this.#redis.setMaxListeners(0);
  }

  /**
   * Does something with a queue. Rejects with QUEUE_UNAVAILABLE when Redis does not serve it in
   * time.
   */
  async run<Answer>(name: string, task: (queue: Queue<JobEnvelope>) => Promise<Answer>) {
    if (this.#inFlight >= CALLS_IN_FLIGHT_MAX) throw unavailable('too many calls wait for Redis');
    this.#inFlight += 1;
    const ending = new AbortController();
    try {
      return await this.#withinDeadline(this.#whenReady(name, task, ending.signal));
    } catch (thrown) {
      throw thrown instanceof QueueError ? thrown : unavailable(sentenceOf(thrown), thrown);
    } finally {
      ending.abort();
      this.#inFlight -= 1;
    }
  }

  close(): void {
    this.#redis.disconnect();
  }

  async #whenReady<Answer>(
    name: string,
    task: (queue: Queue<JobEnvelope>) => Promise<Answer>,
    signal: AbortSignal,
  ): Promise<Answer> {
    // Ends early when an attempt to connect fails: `once` also listens for errors.
    if (this.#redis.status !== 'ready') await once(this.#redis, 'ready', { signal });
    return task(this.#queue(name));
  }

  /** Queues are kept for good: their names come from a closed set, and from the nodes there are. */
  #queue(name: string): Queue<JobEnvelope> {
    const known = this.#queues.get(name);
    if (known) return known;
    const queue = new Queue<JobEnvelope>(name, {
      connection: this.#redis,
      prefix: QUEUE_PREFIX,
      // A version check that fails once would leave the queue unusable for good.
      skipVersionCheck: true,
      skipMetasUpdate: true,
      skipWaitingForReady: true,
    });
    queue.on('error', this.#onFault);
    this.#queues.set(name, queue);
    return queue;
  }

  #withinDeadline<Answer>(answer: Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const cancel = this.#timers.after(ENQUEUE_DEADLINE_MS, () => {
        reject(unavailable(`Redis did not answer within ${ENQUEUE_DEADLINE_MS} ms`));
      });
      answer.finally(cancel).then(resolve, reject);
    });
  }
}

function unavailable(detail: string, cause?: unknown): QueueError {
  return new QueueError('QUEUE_UNAVAILABLE', `The job queue is unavailable: ${detail}.`, { cause });
}
