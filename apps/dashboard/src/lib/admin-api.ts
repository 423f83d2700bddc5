import type { Role } from '#control';
import { answerOf, client, everyPage, type Named } from './client.ts';
import { asSeen, taggedOf } from './tagged.ts';

/** What the audit log is narrowed to; what is left out does not narrow it. */
export interface AuditFilters {
  readonly action?: string;
  readonly actorId?: string;
  readonly targetId?: string;
}

/** `id` of a path. */
const of = (id: string) => ({ params: { path: { id } } });
/** Entries of the audit log that one answer holds. */
const entriesAtOnce = 50;

/** The calls about the workspace as a whole, and those of who is above the instance. */
export const adminApi = {
  /** Newest first. */
  audit: (filters: AuditFilters, cursor: string | undefined) => {
    const query = { limit: entriesAtOnce, ...filters, ...(cursor !== undefined && { cursor }) };
    return answerOf(client.GET('/api/v1/audit', { params: { query } }));
  },
  usage: () => answerOf(client.GET('/api/v1/workspace/usage')),
  /** Of another workspace; only its members may ask. */
  usageOf: (id: string) =>
    answerOf(
      client.GET('/api/v1/workspace/usage', { params: { header: { 'Forkcast-Workspace': id } } }),
    ),

  ownWorkspace: () => taggedOf(client.GET('/api/v1/workspace')),
  renameOwnWorkspace: (name: string, etag: string | null) =>
    answerOf(client.PATCH('/api/v1/workspace', { params: asSeen(etag), body: { name } })),
  workspaces: () => everyPage((query) => client.GET('/api/v1/workspaces', { params: { query } })),
  workspace: (id: string) => taggedOf(client.GET('/api/v1/workspaces/{id}', of(id))),
  createWorkspace: (body: Named<'CreateWorkspaceBody'>) =>
    answerOf(client.POST('/api/v1/workspaces', { body })),
  renameWorkspace: (id: string, name: string, etag: string | null) =>
    taggedOf(
      client.PATCH('/api/v1/workspaces/{id}', {
        params: { path: { id }, ...asSeen(etag) },
        body: { name },
      }),
    ),
  putQuota: (id: string, body: Named<'Quota'>) =>
    answerOf(client.PUT('/api/v1/workspaces/{id}/quota', { ...of(id), body })),
  joinWorkspace: (id: string, role: Role) =>
    answerOf(client.POST('/api/v1/workspaces/{id}/join', { ...of(id), body: { role } })),
  removeWorkspace: (id: string) => answerOf(client.DELETE('/api/v1/workspaces/{id}', of(id))),

  users: () => everyPage((query) => client.GET('/api/v1/users', { params: { query } })),
  createUser: (body: Named<'CreateUserBody'>) => answerOf(client.POST('/api/v1/users', { body })),
  changeUser: (id: string, body: Named<'ChangeUserBody'>) =>
    answerOf(client.PATCH('/api/v1/users/{id}', { ...of(id), body })),
  /** Makes a link by which they choose a new password. */
  resetPassword: (id: string) =>
    answerOf(client.POST('/api/v1/users/{id}/password-resets', of(id))),
};
