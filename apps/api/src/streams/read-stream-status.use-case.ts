import { Inject, Injectable } from '@nestjs/common';
import type { StreamStatus } from '#contracts';
import type { Clock } from '#kernel';
import type { Live } from '#live';
import type { WorkspaceDatabase } from '#persistence';
import { CLOCK, LIVE } from '../infrastructure/tokens.ts';
import { mergeStatus } from './merge-status.ts';
import { streamMissing } from './stream-missing.ts';

@Injectable()
export class ReadStreamStatus {
  constructor(
    @Inject(LIVE) private readonly live: Live,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(workspace: WorkspaceDatabase, streamId: string): Promise<StreamStatus> {
    const desired = await workspace.desired.load(streamId);
    if (desired === undefined || desired.deleted) throw streamMissing();
    const actual = await this.live.status.getStatus(streamId);
    return mergeStatus(desired, actual, new Date(this.clock.wallMs()));
  }
}
