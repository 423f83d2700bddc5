import type { ScheduleRecord, WorkspaceDatabase } from '#persistence';
import { destinationMissing } from '../destinations/destination-missing.ts';
import { ProblemError } from '../problem/problem-error.ts';
import type { Wish } from './schedule-settings.ts';

/** For the OpenAPI document: why a schedule that is well formed can be refused all the same. */
export const SCHEDULE_REFUSALS: Readonly<Record<string, string>> = {
  TIME_ZONE_UNKNOWN: 'This time zone is not known; use a name such as Europe/Berlin.',
  SCHEDULE_TIME_INVALID: 'A window must be over before the next one begins.',
};

export function scheduleMissing(): ProblemError {
  return new ProblemError('SCHEDULE_NOT_FOUND');
}

/** Rejects with SCHEDULE_NOT_FOUND. */
export async function scheduleOf(
  workspace: WorkspaceDatabase,
  id: string,
): Promise<ScheduleRecord> {
  const found = await workspace.schedules.find(id);
  if (found === undefined) throw scheduleMissing();
  return found;
}

/** Rejects with DESTINATION_NOT_FOUND for a destination that is not the stream's. */
export async function checkDestinations(
  workspace: WorkspaceDatabase,
  streamId: string,
  { destinations }: Pick<Wish, 'destinations'>,
): Promise<void> {
  for (const { destinationId } of destinations) {
    const found = await workspace.destinations.find(destinationId);
    if (found?.streamId !== streamId) throw destinationMissing();
  }
}
