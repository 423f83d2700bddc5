import { Inject, Injectable } from '@nestjs/common';
import type { CreateScheduleBody } from '#control';
import type { Clock } from '#kernel';
import type { WorkspaceDatabase } from '#persistence';
import { CLOCK } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { streamMissing } from '../streams/stream-missing.ts';
import { checkDestinations } from './schedule-refusals.ts';
import { settingsOf } from './schedule-settings.ts';
import { scheduleView, type ScheduleView } from './schedule-view.ts';

/** Schedules of a stream at most. */
export const SCHEDULES_PER_STREAM_MAX = 50;

@Injectable()
export class CreateSchedule {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async run(
    workspace: WorkspaceDatabase,
    streamId: string,
    body: CreateScheduleBody,
  ): Promise<ScheduleView> {
    if ((await workspace.streams.find(streamId)) === undefined) throw streamMissing();
    const nowMs = this.clock.wallMs();
    const settings = settingsOf(body, nowMs);
    await checkDestinations(workspace, streamId, body);
    const made = await workspace.schedules.create(streamId, settings, SCHEDULES_PER_STREAM_MAX);
    if (made.kind === 'no-stream') throw streamMissing();
    if (made.kind === 'too-many') throw limitReached();
    return scheduleView(made.schedule, nowMs);
  }
}

function limitReached(): ProblemError {
  return new ProblemError(
    'SCHEDULE_LIMIT',
    `A stream can have ${SCHEDULES_PER_STREAM_MAX} schedules; remove one first.`,
  );
}
