import { Redis } from 'ioredis';
import { CodedError, sentenceOf } from '#kernel';
import type { Timers } from '#kernel';
import { LiveError } from './live-error.ts';

/** How long a call may take, connection included. */
export const CALL_DEADLINE_MS = 500;
/**
 * Calls waiting for an answer at once: what a frozen Redis may cost in memory until the socket is
 * given up.
 */
export const CALLS_IN_FLIGHT_MAX = 2000;
/** A socket that owes an answer for this long is replaced. */
const SOCKET_SILENCE_MS = 2000;
const CONNECT_DEADLINE_MS = 1000;
/** Redis back means us back within two seconds: waits between connections stay well below that. */
const RECONNECT_WAIT_MS_MAX = 1000;
const RECONNECT_WAIT_MS_MIN = 50;

export interface RedisLinkOptions {
  readonly url: string;
  /** Shown in Redis' client list. */
  readonly name: string;
  readonly timers: Timers;
  /** Called for every fault of the connection; may be often, so the receiver folds repeats. */
  readonly onFault: (fault: Error) => void;
  /** Longest time a reply may be held back on purpose, for links that block. */
  readonly blockMs?: number;
}

/**
 * One connection on which every call has a deadline. Nothing is queued while Redis is away (calls
 * fail at once), except while the first connection is under way: then a call waits for it, within
 * its deadline.
 */
export class RedisLink {
  readonly #redis: Redis;
  readonly #timers: Timers;
  readonly #deadlineMs: number;
  readonly #firstReady: Promise<void>;
  /**
   * Ends of the calls under way, for when the connection ends under them: ioredis would keep them
   * waiting.
   */
  readonly #underWay = new Set<(fault: LiveError) => void>();
  #everReady = false;

  constructor(options: RedisLinkOptions) {
    const blockMs = options.blockMs ?? 0;
    this.#timers = options.timers;
    this.#deadlineMs = CALL_DEADLINE_MS + blockMs;
    this.#redis = new Redis(options.url, {
      connectionName: options.name,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: null,
      connectTimeout: CONNECT_DEADLINE_MS,
      commandTimeout: this.#deadlineMs,
      socketTimeout: SOCKET_SILENCE_MS + blockMs,
      retryStrategy: reconnectWaitMs,
    });
    this.#redis.on('error', options.onFault);
    this.#redis.on('close', () => this.#failUnderWay('the connection to Redis ended'));
    this.#firstReady = new Promise((resolve) => {
      this.#redis.once('ready', () => {
        this.#everReady = true;
        resolve();
      });
    });
  }

  /**
   * Runs one command, or one transaction. Rejects with a `LiveError`, never later than the
   * deadline.
   */
  async call<Answer>(command: (redis: Redis) => Promise<Answer>): Promise<Answer> {
    const crowded = this.#underWay.size >= CALLS_IN_FLIGHT_MAX;
    if (crowded) throw unavailable('too many calls wait for Redis');
    const lost = this.#everReady && this.#redis.status !== 'ready';
    if (lost) throw unavailable('Redis is not connected');
    try {
      return await this.#withinDeadline(this.#whenReady(command));
    } catch (thrown) {
      throw liveErrorOf(thrown);
    }
  }

  /** Ends the connection at once; calls under way fail. */
  close(): void {
    this.#redis.disconnect();
    this.#failUnderWay('the connection was closed');
  }

  async #whenReady<Answer>(command: (redis: Redis) => Promise<Answer>): Promise<Answer> {
    if (!this.#everReady) await this.#firstReady;
    return command(this.#redis);
  }

  #withinDeadline<Answer>(answer: Promise<Answer>): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const cancel = this.#timers.after(this.#deadlineMs, () => {
      reject(unavailable(`Redis did not answer within ${this.#deadlineMs} ms`));
    });
    this.#underWay.add(reject);
    answer.then(resolve, reject);
    return promise.finally(() => {
      cancel();
      this.#underWay.delete(reject);
    });
  }

  #failUnderWay(detail: string): void {
    for (const fail of this.#underWay) fail(unavailable(detail));
  }
}

function reconnectWaitMs(times: number): number {
  const waitMs = Math.min(RECONNECT_WAIT_MS_MAX, RECONNECT_WAIT_MS_MIN * 2 ** Math.min(times, 8));
  return waitMs * (0.5 + Math.random() / 2);
}

function unavailable(detail: string, cause?: unknown): LiveError {
  return new LiveError('LIVE_STORE_UNAVAILABLE', `The live store is unavailable: ${detail}.`, {
    cause,
  });
}

function liveErrorOf(thrown: unknown): Error {
  if (thrown instanceof CodedError) return thrown;
  if (thrown instanceof Error && thrown.name === 'ReplyError') {
    return new LiveError('LIVE_STORE_REFUSED', `The live store refused: ${thrown.message}`, {
      cause: thrown,
    });
  }
  return unavailable(sentenceOf(thrown), thrown);
}
