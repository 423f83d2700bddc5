import { Inject, Injectable } from '@nestjs/common';
import { DESTINATIONS_PER_STREAM_MAX } from '#contracts';
import type { CreateDestinationBody } from '#contracts';
import { newId } from '#persistence';
import type { WorkspaceDatabase } from '#persistence';
import { ProblemError } from '../problem/problem-error.ts';
import { destinationQuota } from '../quotas/quota-refusals.ts';
import { StreamChanges } from '../relay-commands/stream-changes.ts';
import { streamMissing } from '../streams/stream-missing.ts';
import { DelayCheck } from './delay-check.ts';
import { DestinationChecks } from './destination-checks.ts';
import { DestinationKey } from './destination-key.ts';
import { targetOfNew } from './destination-target.ts';
import { savedDestinationView } from './destination-view.ts';
import type { SavedDestination } from './destination-view.ts';

@Injectable()
export class AddDestination {
  constructor(
    @Inject(DestinationKey) private readonly key: DestinationKey,
    @Inject(DestinationChecks) private readonly checks: DestinationChecks,
    @Inject(DelayCheck) private readonly delays: DelayCheck,
    @Inject(StreamChanges) private readonly changes: StreamChanges,
  ) {}

  async run(
    workspace: WorkspaceDatabase,
    streamId: string,
    body: CreateDestinationBody,
  ): Promise<SavedDestination> {
    if ((await workspace.streams.find(streamId)) === undefined) throw streamMissing();
    const target = targetOfNew(body);
    await this.checks.check(target);
    await this.delays.check(streamId, body.delaySeconds);
    const id = newId();
    const { streamKey, ...settings } = { ...body, ...target };
    const key = this.key.stored(id, target);
    const creation = await workspace.destinations.create(
      { ...settings, ...key, id, streamId },
      DESTINATIONS_PER_STREAM_MAX,
    );
    if (creation.kind === 'no-stream') throw streamMissing();
    if (creation.kind === 'too-many') throw tooMany();
    if (creation.kind === 'quota') throw destinationQuota(creation.destinationsMax);
    await this.changes.tell(workspace, streamId, 'destinations');
    return savedDestinationView(creation.destination, streamKey);
  }
}

function tooMany(): ProblemError {
  return new ProblemError(
    'DESTINATION_LIMIT',
    `A stream can have ${DESTINATIONS_PER_STREAM_MAX} destinations; remove one first.`,
    { status: 409 },
  );
}
