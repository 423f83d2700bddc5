import type { Workspace } from '#control';
import type { WorkspaceRecord } from '#persistence';

/** What the schema shows, and the version that becomes its ETag. */
type WorkspaceView = Workspace & { readonly version: number };

export function workspaceView(record: WorkspaceRecord): WorkspaceView {
  const { id, name, quota, version, createdAt, updatedAt } = record;
  return {
    ...{ id, name, quota, version },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
