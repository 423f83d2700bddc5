import type { BroadcastRecord, WorkspaceDatabase } from '#persistence';
import { ProblemError } from '../problem/problem-error.ts';

/** @throws ProblemError `BROADCAST_NOT_FOUND`. */
export async function findBroadcast(
  workspace: WorkspaceDatabase,
  id: string,
): Promise<BroadcastRecord> {
  const broadcast = await workspace.broadcasts.find(id);
  if (broadcast !== undefined) return broadcast;
  throw new ProblemError('BROADCAST_NOT_FOUND');
}
