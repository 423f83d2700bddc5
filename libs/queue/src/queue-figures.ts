import type { Clock } from '#kernel';
import { QUEUE as DELIVERIES } from './deliveries.ts';
import type { JobProducer } from './job-producer.ts';
import { QUEUE as MAINTENANCE } from './maintenance.ts';
import { QUEUE as PREFLIGHT } from './preflight.ts';
import { queueOf } from './relay-commands.ts';
import { QUEUE as SCHEDULE_EDGES } from './schedule-edges.ts';

const NAMES = [DELIVERIES, MAINTENANCE, PREFLIGHT, SCHEDULE_EDGES] as const;

/** What stands in one queue now. */
export interface QueueFigures {
  readonly name: string;
  /** Somebody should be at it, and nobody is yet. */
  readonly waiting: number;
  readonly active: number;
  /** Their time has not come. */
  readonly delayed: number;
  /** Given up, and kept for a while. */
  readonly failed: number;
  /** How long the one that waits longest has waited; null where none does. */
  readonly oldestWaitingMs: number | null;
}

/**
 * Of every queue, those of these relays too; by name. Rejects with QUEUE_UNAVAILABLE within 2 s.
 */
export type ReadFigures = (nodeIds: readonly string[]) => Promise<QueueFigures[]>;

export function queueFigures(producer: JobProducer, clock: Clock): ReadFigures {
  const figuresOf = (name: string): Promise<QueueFigures> =>
    producer.run(name, async (queue) => {
      const [counts, [oldest]] = await Promise.all([
        queue.getJobCounts('waiting', 'active', 'delayed', 'failed'),
        queue.getJobs(['waiting'], 0, 0, true),
      ]);
      const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
      const oldestWaitingMs =
        oldest === undefined ? null : Math.max(0, clock.wallMs() - oldest.timestamp);
      return { name, waiting, active, delayed, failed, oldestWaitingMs };
    });
  return (nodeIds) => Promise.all([...NAMES, ...nodeIds.map(queueOf)].toSorted().map(figuresOf));
}
