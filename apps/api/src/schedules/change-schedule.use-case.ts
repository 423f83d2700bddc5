import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import type { WorkspaceDatabase } from '#persistence';
import { CLOCK } from '../infrastructure/tokens.ts';
import { definedOf } from '../web/defined-of.ts';
import type { ChangeScheduleBody } from './schedule-bodies.ts';
import { checkDestinations, scheduleMissing, scheduleOf } from './schedule-refusals.ts';
import { changedWish, settingsOf } from './schedule-settings.ts';
import { scheduleView, type ScheduleView } from './schedule-view.ts';

@Injectable()
export class ChangeSchedule {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async run(
    workspace: WorkspaceDatabase,
    id: string,
    body: ChangeScheduleBody,
    version: number | undefined,
  ): Promise<ScheduleView> {
    const before = await scheduleOf(workspace, id);
    const nowMs = this.clock.wallMs();
    const settings = settingsOf(changedWish(before, definedOf(body)), nowMs);
    // One that was removed meanwhile may stay: it does nothing.
    const { destinations = [] } = body;
    await checkDestinations(workspace, before.streamId, { destinations });
    const changed = await workspace.schedules.change(id, settings, version);
    if (changed === undefined) throw scheduleMissing();
    return scheduleView(changed, nowMs);
  }
}
