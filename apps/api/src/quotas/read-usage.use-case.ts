import { Inject, Injectable } from '@nestjs/common';
import type { Usage } from '#control';
import type { Clock } from '#kernel';
import { Database, monthOf, relayMinutes } from '#persistence';
import type { UseOfWorkspace, WorkspaceDatabase } from '#persistence';
import { CLOCK } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';

const MINUTE_SECONDS = 60;

@Injectable()
export class ReadUsage {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(workspace: WorkspaceDatabase): Promise<Usage> {
    const record = await this.database.system.workspaces.find(workspace.id);
    if (record === undefined) throw new ProblemError('WORKSPACE_NOT_FOUND');
    const since = monthOf(new Date(this.clock.wallMs()));
    const { streams, destinations, days } = await workspace.usage.read(since);
    const { quota } = record;
    const used = relayMinutes(sumOf(days, ({ pushSeconds }) => pushSeconds));
    return {
      quota,
      streams,
      destinations,
      month: {
        name: since.toISOString().slice(0, 'YYYY-MM'.length),
        relayMinutes: used,
        relayMinutesLeft:
          quota.relayMinutesMax === null ? null : Math.max(0, quota.relayMinutesMax - used),
        bytesOut: sumOf(days, ({ bytesOut }) => bytesOut),
        outKbpsPeak: days.reduce((peak, day) => Math.max(peak, day.outKbpsPeak), 0),
      },
      days: days.map(({ day, pushSeconds, bytesOut, outKbpsPeak }) => ({
        day: day.toISOString().slice(0, 'YYYY-MM-DD'.length),
        relayMinutes: Math.round((pushSeconds / MINUTE_SECONDS) * 10) / 10,
        bytesOut,
        outKbpsPeak,
      })),
    };
  }
}

type Day = UseOfWorkspace['days'][number];

function sumOf(days: readonly Day[], figure: (day: Day) => number): number {
  return days.reduce((sum, day) => sum + figure(day), 0);
}
