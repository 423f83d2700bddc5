import { systemClock, systemTimers } from '#kernel';
import type { Clock, Timers } from '#kernel';
import { deliveries } from './deliveries.ts';
import type { Deliveries } from './deliveries.ts';
import { consumeJobs } from './job-consumer.ts';
import type { Consume, Consumer } from './job-consumer.ts';
import { JobProducer } from './job-producer.ts';
import { maintenance } from './maintenance.ts';
import type { Maintenance } from './maintenance.ts';
import { preflight } from './preflight.ts';
import type { Preflight } from './preflight.ts';
import { queueFigures } from './queue-figures.ts';
import type { ReadFigures } from './queue-figures.ts';
import { relayCommands } from './relay-commands.ts';
import type { RelayCommands } from './relay-commands.ts';
import { scheduleEdges } from './schedule-edges.ts';
import type { ScheduleEdges } from './schedule-edges.ts';

export interface QueuesOptions {
  readonly url: string;
  /**
   * Every fault of a connection and every failed job, as it happens: fold repeats before logging
   * them.
   */
  readonly onFault: (fault: Error) => void;
  readonly clock?: Clock;
  readonly timers?: Timers;
}

export interface Queues {
  readonly relayCommands: RelayCommands;
  readonly preflight: Preflight;
  readonly maintenance: Maintenance;
  readonly deliveries: Deliveries;
  readonly scheduleEdges: ScheduleEdges;
  readonly figures: ReadFigures;
  /** Ends every consumer in order, then the producer. Never rejects; at most about a second. */
  close(): Promise<void>;
}

/** Connects in the background and stays at it; never throws because Redis is away. */
export function openQueues(options: QueuesOptions): Queues {
  const { url, onFault, clock = systemClock, timers = systemTimers } = options;
  const producer = new JobProducer({ url, timers, onFault });
  const consumers = new Set<Consumer>();
  const consume: Consume = (job) => {
    const consumer = consumeJobs({ ...job, url, clock, timers, onFault });
    consumers.add(consumer);
    return consumer;
  };
  return {
    relayCommands: relayCommands(producer, consume, clock),
    preflight: preflight(producer, consume, { clock, timers }),
    maintenance: maintenance(producer, consume),
    deliveries: deliveries(producer, consume),
    scheduleEdges: scheduleEdges(producer, consume),
    figures: queueFigures(producer, clock),
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.close()));
      producer.close();
    },
  };
}
