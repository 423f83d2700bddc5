/** Keys of all queues begin with this. */
export const QUEUE_PREFIX = 'forkcast:queue';

/** Waits between connections: work goes on within two seconds of Redis' return. */
const RECONNECT_WAIT_MS_MAX = 1000;
const RECONNECT_WAIT_MS_MIN = 50;
const CONNECT_DEADLINE_MS = 1000;
/** How long an idle consumer lets Redis hold back an answer, in seconds (BullMQ's unit). */
export const IDLE_BLOCK_SECONDS = 5;
/**
 * A consumer's socket that owes an answer for this long is replaced. Above the blocking read on
 * purpose.
 */
const CONSUMER_SILENCE_MS = 3 * IDLE_BLOCK_SECONDS * 1000;

function reconnectWaitMs(times: number): number {
  const waitMs = Math.min(RECONNECT_WAIT_MS_MAX, RECONNECT_WAIT_MS_MIN * 2 ** Math.min(times, 8));
  return waitMs * (0.5 + Math.random() / 2);
}

/** Producers queue nothing on their side: a job asked for now must not appear an hour later. */
export function producerSettings(commandDeadlineMs: number) {
  return {
    connectionName: 'forkcast-queue-producer',
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: null,
    connectTimeout: CONNECT_DEADLINE_MS,
    commandTimeout: commandDeadlineMs,
    socketTimeout: commandDeadlineMs,
    retryStrategy: reconnectWaitMs,
  };
}

/** Consumers wait for Redis as long as it takes; there is nothing else for them to do. */
export function consumerSettings() {
  return {
    connectionName: 'forkcast-queue-consumer',
    maxRetriesPerRequest: null,
    connectTimeout: CONNECT_DEADLINE_MS,
    socketTimeout: CONSUMER_SILENCE_MS,
    retryStrategy: reconnectWaitMs,
  };
}
