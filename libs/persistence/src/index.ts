/**
 * What should be and what happened, in Postgres: plain classes outside, Prisma inside.
 * It refuses to decide anything, to know a key in the clear, and to wait without a deadline.
 * Parts: migrate, database (coded-client, coded-fault), a repository per kind of row, page-cursor.
 */
export type { ConnectionOptions, DatabaseDeadlines } from './coded-client.ts';
export { Database, openDatabase } from './database.ts';
export { migrate, type MigrateOptions } from './migrate.ts';
export { newId } from './new-id.ts';
export type { PageQuery, RecordPage } from './page-cursor.ts';
export { PersistenceError, type PersistenceErrorCode } from './persistence-error.ts';
export type { StoredIngestKey, StreamRecord, StreamSettings } from './stream-repository.ts';
export type { FoundIngestKey, IngestKeyRecord, KeyRotation } from './ingest-key-repository.ts';
export type { IngestRulesRecord } from './ingest-rules-repository.ts';
export type { DestinationChanges, DestinationCreation } from './destination-repository.ts';
export type { DestinationRecord, NewDestination } from './destination-repository.ts';
export type { SlateRecord } from './slate-repository.ts';
export type { HistoryRecord, StatisticsRecord } from './history-record.ts';
export { HISTORY_BATCH_MAX } from './history-repository.ts';
export type { ActionRecord, ClosedOrphans } from './history-repository.ts';
export { SECONDS_KEPT_S, TENS_KEPT_S } from './statistics-writer.ts';
export { STATISTICS_POINTS_MAX, type StatisticsPoint } from './statistics-repository.ts';
export type { StatisticsQuery, StatisticsTotal } from './statistics-repository.ts';
export type { AttemptRecord, AttemptTotal, BroadcastRecord } from './broadcast-repository.ts';
export type { BroadcastOutcome, EventRow } from './broadcast-repository.ts';
export type { Acceptance, ApiTokenRecord, AuditRow, FoundApiToken } from './identity-records.ts';
export type { InvitationRecord, ListedSession, MemberChange } from './identity-records.ts';
export type { MemberRecord, OpenInvitationRecord, Standing } from './identity-records.ts';
export type { UseOfWorkspace, UserRecord, UserWithPassword } from './identity-records.ts';
export { SESSION_IDLE_MS, type WorkspaceRecord } from './identity-records.ts';
export { monthOf, relayMinutes } from './usage-repository.ts';
export type { WorkspaceDatabase } from './workspace-database.ts';
export type { SystemDatabase } from './system-database.ts';
export type { DeliveryRecord, NewWebhook, WebhookRecord } from './webhook-repository.ts';
export type { EdgeRecord, ScheduleRecord, ScheduleSettings } from './schedule-repository.ts';
export type { StandingEdge } from './schedule-repository.ts';
export type { ClaimedDelivery, DueDelivery } from './delivery-repository.ts';
export type { IdempotencyState, IdempotencyWindow } from './idempotency-repository.ts';
export type { IdempotentRequest } from './idempotency-repository.ts';
export type { RemovedHistory } from './upkeep-repository.ts';
