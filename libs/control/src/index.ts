/**
 * What only the control plane says: permissions, events that go out, webhooks, schedules, codes of
 * refusals. Schemas, types and tables; it does no I/O and runs in the browser as well.
 * Parts: permission, problem-codes, event, webhook, schedule, check, statistics,
 * destination-paste.
 */
export { PERMISSIONS, ROLE_PERMISSIONS, ROLES, permissionsOf } from './permission.ts';
export { permissionSchema, roleSchema, type Permission, type Role } from './permission.ts';
export { isProblemCode, PROBLEM_CODES, type ProblemCode } from './problem-codes.ts';
export { EVENT_TYPES, eventTypeOf, eventTypeSchema, timelineKindSchema } from './event.ts';
export { outwardEventSchema, webhookBodySchema, type EventType } from './event.ts';
export type { OutwardEvent, TimelineKind, WebhookBody } from './event.ts';
export { createWebhookBodySchema, deliverySchema, webhookSchema } from './webhook.ts';
export { WEBHOOK_URL_LENGTH_MAX, webhookFormatSchema, type WebhookFormat } from './webhook.ts';
export type { CreateWebhookBody, Delivery, PostJson, Webhook } from './webhook.ts';
export { createScheduleBodySchema, scheduleSchema, SCHEDULE_MINUTES_MAX } from './schedule.ts';
export type { CreateScheduleBody, Recurrence, Schedule, ScheduledDestination } from './schedule.ts';
export { preflightStepNameSchema, testDestinationBodySchema } from './check.ts';
export type { PreflightStepName, TestDestinationBody } from './check.ts';
export { resolutionSchema, statisticsAnswerSchema, statisticsPointSchema } from './statistics.ts';
export type { Resolution, StatisticsAnswer, StatisticsPoint } from './statistics.ts';
export { destinationSplitSchema, parseDestinationBodySchema } from './destination-paste.ts';
export { PASTE_CHARACTERS_MAX, type DestinationSplit } from './destination-paste.ts';
export type { ParseDestinationBody } from './destination-paste.ts';
