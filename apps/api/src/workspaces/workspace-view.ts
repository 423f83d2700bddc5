import type { Workspace } from '#control';
import type { WorkspaceRecord } from '#persistence';

export function workspaceView(record: WorkspaceRecord): Workspace {
  const { id, name, quota, createdAt, updatedAt } = record;
  return {
    ...{ id, name, quota },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
