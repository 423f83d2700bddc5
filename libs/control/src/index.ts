/**
 * What only the control plane says: permissions, events that go out, webhooks, schedules, codes of
 * refusals. Schemas, types and tables; it does no I/O and runs in the browser as well.
 * Parts: permission, workspace, people, api-token, audit-record, problem-codes, event, webhook,
 * schedule, occurrence, check, statistics, destination-paste, field-words.
 */
export { PERMISSIONS, ROLE_PERMISSIONS, ROLES, permissionsOf } from './permission.ts';
export { permissionSchema, roleSchema, type Permission, type Role } from './permission.ts';
export { isProblemCode, PROBLEM_CODES, type ProblemCode } from './problem-codes.ts';
export { EVENT_TYPES, eventTypeOf, eventTypeSchema, timelineKindSchema } from './event.ts';
export { outwardEventSchema, webhookBodySchema, type EventType } from './event.ts';
export type { OutwardEvent, TimelineKind, WebhookBody } from './event.ts';
export { createWebhookBodySchema, deliverySchema, webhookFormatSchema } from './webhook.ts';
export { webhookSchema, type CreateWebhookBody, type WebhookFormat } from './webhook.ts';
export { createScheduleBodySchema, scheduleSchema, SCHEDULE_MINUTES_MAX } from './schedule.ts';
export type { CreateScheduleBody, Schedule } from './schedule.ts';
export { isTimeZone, nextOccurrence, type Beginnings } from './occurrence.ts';
export { testDestinationBodySchema, type TestDestinationBody } from './check.ts';
export { fieldWords } from './field-words.ts';
export { resolutionSchema, statisticsAnswerSchema, statisticsPointSchema } from './statistics.ts';
export type { Resolution, StatisticsAnswer, StatisticsPoint } from './statistics.ts';
export { destinationSplitSchema, parseDestinationBodySchema } from './destination-paste.ts';
export { PASTE_CHARACTERS_MAX, type DestinationSplit } from './destination-paste.ts';
export type { ParseDestinationBody } from './destination-paste.ts';
export { changeWorkspaceBodySchema, createWorkspaceBodySchema } from './workspace.ts';
export { quotaSchema, usageSchema, workspaceSchema } from './workspace.ts';
export type { ChangeWorkspaceBody, CreateWorkspaceBody, Quota, Usage } from './workspace.ts';
export type { Workspace } from './workspace.ts';
export { acceptInvitationBodySchema, changeMemberBodySchema, memberSchema } from './people.ts';
export { changePasswordBodySchema, changeUserBodySchema, invitationSchema } from './people.ts';
export { createInvitationBodySchema, createUserBodySchema, newInvitationSchema } from './people.ts';
export { openInvitationSchema, readInvitationBodySchema, signedInSessionSchema } from './people.ts';
export { userDetailSchema, type AcceptInvitationBody, type ChangeMemberBody } from './people.ts';
export type { ChangePasswordBody, ChangeUserBody, CreateInvitationBody, Member } from './people.ts';
export type { CreateUserBody, Invitation, NewInvitation, OpenInvitation } from './people.ts';
export type { ReadInvitationBody, SignedInSession, UserDetail } from './people.ts';
export { apiTokenSchema, createApiTokenBodySchema, newApiTokenSchema } from './api-token.ts';
export { TOKEN_DAYS_MAX, type ApiToken, type CreateApiTokenBody } from './api-token.ts';
export type { NewApiToken } from './api-token.ts';
export { auditRecordSchema, type AuditRecord } from './audit-record.ts';
