import { CodedError } from '#kernel';

/**
 * QUEUE_UNAVAILABLE: Redis did not take the job in time. It may still have, so what jobs ask for
 * must bear repeating. QUEUE_ANSWER_LATE: nobody did the job within its deadline. QUEUE_JOB_FAILED:
 * somebody tried, and failed.
 */
export type QueueErrorCode = 'QUEUE_ANSWER_LATE' | 'QUEUE_JOB_FAILED' | 'QUEUE_UNAVAILABLE';

export class QueueError extends CodedError<QueueErrorCode> {
  override readonly name = 'QueueError';
}
