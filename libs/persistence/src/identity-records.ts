/** The rows of who works where and may do what, gathered for the index. */
export type { ApiTokenRecord, FoundApiToken } from './api-token-repository.ts';
export type { AuditRow, NewAuditRecord } from './audit-repository.ts';
export type {
  Acceptance,
  InvitationRecord,
  OpenInvitationRecord,
} from './invitation-repository.ts';
export type { MemberChange, MemberRecord } from './member-repository.ts';
export { SESSION_IDLE_MS } from './session-repository.ts';
export type { ListedSession, NewSession, SessionRecord } from './session-repository.ts';
export type { UseOfWorkspace } from './usage-repository.ts';
export type { NewUser, Standing, UserRecord, UserWithPassword } from './user-repository.ts';
export type { WorkspaceRecord } from './workspace-repository.ts';
