/**
 * Intents from process to process: commands to a relay node, connection tests, maintenance on a
 * beat, tries of deliveries, edges of schedules. BullMQ on Redis. It refuses to wait for Redis
 * (2 s), to run what is stale or misshapen, and to carry a secret: payloads are ids.
 * Parts: job-producer, job-consumer, job-envelope (age, shape), relay-commands, preflight,
 * maintenance, deliveries, schedule-edges, queue-figures.
 */
export { openQueues } from './queues.ts';
export type { Queues, QueuesOptions } from './queues.ts';
export type { QueueErrorCode } from './queue-error.ts';
export type { Consumer } from './job-consumer.ts';
export { COMMAND_LIFETIME_MS } from './relay-commands.ts';
export type { RelayCommands } from './relay-commands.ts';
export type { Preflight } from './preflight.ts';
export type { Maintenance, MaintenanceTask } from './maintenance.ts';
export type { Deliveries, DeliveryTry } from './deliveries.ts';
export type { EdgeTiming, ScheduleEdges } from './schedule-edges.ts';
