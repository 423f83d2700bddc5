import { Inject, Injectable } from '@nestjs/common';
import type { PreflightResult, PushStatus } from '#contracts';
import type { Live } from '#live';
import type { DestinationRecord, WorkspaceDatabase } from '#persistence';
import { findPlatform } from '#platforms';
import type { Queues } from '#queue';
import { LIVE, QUEUES } from '../infrastructure/tokens.ts';
import { ProblemError } from '../problem/problem-error.ts';
import { destinationMissing } from './destination-missing.ts';

/** A push that has, or may have, a session of its own with the platform. */
const BUSY: ReadonlySet<PushStatus['state']> = new Set([
  'connecting',
  'live',
  'degraded',
  'draining',
  'retrying',
]);

@Injectable()
export class TestDestination {
  constructor(
    @Inject(QUEUES) private readonly queues: Queues,
    @Inject(LIVE) private readonly live: Live,
  ) {}

  /**
   * Connects as far as a destination lets us without publishing; with `publish` also the platform's
   * private test. Up to 25 s.
   *
   * @throws ProblemError 409 TEST_PUBLISH_UNSUPPORTED; DESTINATION_LIVE: two publishes with one key
   * end each other.
   */
  async run(workspace: WorkspaceDatabase, id: string, publish: boolean): Promise<PreflightResult> {
    const record = await workspace.destinations.find(id);
    if (record === undefined) throw destinationMissing();
    if (publish) await this.checkPublish(record);
    return this.queues.preflight.request({ destinationId: id, publish });
  }

  private async checkPublish({ id, streamId, platform }: DestinationRecord): Promise<void> {
    const preset = findPlatform(platform);
    if (preset === undefined || preset.privateTest === null) {
      throw new ProblemError('TEST_PUBLISH_UNSUPPORTED');
    }
    const status = await this.live.status.getStatus(streamId);
    const push = status?.pushes.find(({ destinationId }) => destinationId === id);
    if (push !== undefined && BUSY.has(push.state)) throw new ProblemError('DESTINATION_LIVE');
  }
}
