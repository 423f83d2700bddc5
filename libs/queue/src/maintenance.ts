import { z } from 'zod';
import type { Consume, Consumer } from './job-consumer.ts';
import type { JobProducer } from './job-producer.ts';

const MAINTENANCE_TASKS = ['retention', 'closeOrphans', 'rollUp', 'forgetLinks'] as const;
/** What must be done again and again, once per beat however many workers there are. */
export type MaintenanceTask = (typeof MAINTENANCE_TASKS)[number];

export const QUEUE = 'maintenance';
const payloadSchema = z.object({ task: z.enum(MAINTENANCE_TASKS) });

export interface Maintenance {
  /**
   * Makes sure that a task has its beat, and changes nothing when it has. Called again about every
   * minute, because an emptied Redis has forgotten it.
   */
  ensureSchedule(task: MaintenanceTask, everyMs: number): Promise<void>;
  consume(handle: (task: MaintenanceTask) => Promise<void>): Consumer;
}

export function maintenance(producer: JobProducer, consume: Consume): Maintenance {
  return {
    async ensureSchedule(task, everyMs) {
      await producer.run(QUEUE, async (queue) => {
        const standing = await queue.getJobScheduler(task);
        if (standing?.every === everyMs) return;
        await queue.upsertJobScheduler(
          task,
          { every: everyMs },
          {
            name: task,
            data: { expiresAtWallMs: null, payload: { task } },
            opts: { removeOnComplete: { count: 20 }, removeOnFail: { count: 100 } },
          },
        );
      });
    },
    consume: (handle) =>
      consume({
        name: QUEUE,
        payload: payloadSchema,
        concurrency: MAINTENANCE_TASKS.length,
        handle: ({ task }) => handle(task),
      }),
  };
}
