import type { JobsOptions, Queue } from 'bullmq';
import { z } from 'zod';
import { idSchema } from '#contracts';
import type { Consume, Consumer } from './job-consumer.ts';
import type { JobEnvelope } from './job-envelope.ts';
import type { JobProducer } from './job-producer.ts';

export const QUEUE = 'schedule-edges';
const EDGES_AT_ONCE = 16;
/** Schedulers read in one question. */
const PAGE_SIZE = 500;

const payloadSchema = z.object({ edgeId: idSchema });
/** Kept, a job's name would keep the next one of that name from being made. */
const FORGOTTEN: JobsOptions = { removeOnComplete: true, removeOnFail: true };

/** When an edge of a schedule comes up: week after week, or once. */
export type EdgeTiming =
  | {
      readonly kind: 'weekly';
      readonly edgeId: string;
      /** Cron: `minute hour * * weekdays`, 1 is Monday. */
      readonly pattern: string;
      readonly timeZone: string;
    }
  | { readonly kind: 'once'; readonly edgeId: string; readonly dueMs: number };

export interface ScheduleEdges {
  /**
   * Makes Redis agree with what Postgres says: what is new begins to beat, what is gone stops, what
   * stands is left alone. A beat is a hint: whether an edge is due, Postgres decides.
   */
  agree(wanted: readonly EdgeTiming[], nowMs: number): Promise<void>;
  consume(handle: (edgeId: string) => Promise<void>): Consumer;
}

export function scheduleEdges(producer: JobProducer, consume: Consume): ScheduleEdges {
  return {
    async agree(wanted, nowMs) {
      const standing = await producer.run(QUEUE, readSchedulers);
      const keep = new Set(wanted.map(({ edgeId }) => edgeId));
      for (const id of standing.keys()) {
        if (!keep.has(id)) await producer.run(QUEUE, (queue) => queue.removeJobScheduler(id));
      }
      for (const edge of wanted) {
        if (edge.kind === 'weekly') {
          const { pattern, timeZone } = edge;
          if (standing.get(edge.edgeId) === timingOf(pattern, timeZone)) continue;
          await producer.run(QUEUE, (queue) => beat(queue, edge.edgeId, pattern, timeZone));
        } else {
          await producer.run(QUEUE, (queue) => once(queue, edge.edgeId, edge.dueMs, nowMs));
        }
      }
    },
    consume: (handle) =>
      consume({
        name: QUEUE,
        payload: payloadSchema,
        concurrency: EDGES_AT_ONCE,
        handle: ({ edgeId }) => handle(edgeId),
      }),
  };
}

const timingOf = (pattern: string, timeZone: string): string => `${pattern} ${timeZone}`;

/** What beats now, by edge. */
async function readSchedulers(queue: Queue<JobEnvelope>): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let start = 0; ; start += PAGE_SIZE) {
    const page = await queue.getJobSchedulers(start, start + PAGE_SIZE - 1, true);
    for (const { key, pattern = '', tz = '' } of page) found.set(key, timingOf(pattern, tz));
    if (page.length < PAGE_SIZE) return found;
  }
}

async function beat(
  queue: Queue<JobEnvelope>,
  edgeId: string,
  pattern: string,
  timeZone: string,
): Promise<void> {
  await queue.upsertJobScheduler(
    edgeId,
    { pattern, tz: timeZone },
    { name: 'edge', data: jobOf(edgeId), opts: FORGOTTEN },
  );
}

async function once(
  queue: Queue<JobEnvelope>,
  edgeId: string,
  dueMs: number,
  nowMs: number,
): Promise<void> {
  const delay = Math.max(0, dueMs - nowMs);
  await queue.add('edge', jobOf(edgeId), { jobId: `${edgeId}-${dueMs}`, delay, ...FORGOTTEN });
}

function jobOf(edgeId: string): JobEnvelope {
  return { expiresAtWallMs: null, payload: { edgeId } };
}
