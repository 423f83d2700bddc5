import { Inject, Injectable } from '@nestjs/common';
import { DESTINATIONS_PER_STREAM_MAX } from '#contracts';
import type { CreateDestinationBody, Destination } from '#contracts';
import { Secret } from '#kernel';
import { newId } from '#persistence';
import type { WorkspaceDatabase } from '#persistence';
import { MasterKey, sealKey } from '#vault';
import { ProblemError } from '../problem/problem-error.ts';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { streamMissing } from '../streams/stream-missing.ts';
import { DelayCheck } from './delay-check.ts';
import { DestinationChecks } from './destination-checks.ts';
import { destinationView } from './destination-view.ts';

@Injectable()
export class AddDestination {
  constructor(
    @Inject(MasterKey) private readonly masterKey: MasterKey,
    @Inject(DestinationChecks) private readonly checks: DestinationChecks,
    @Inject(DelayCheck) private readonly delays: DelayCheck,
    @Inject(RelayCommander) private readonly relays: RelayCommander,
  ) {}

  async run(
    workspace: WorkspaceDatabase,
    streamId: string,
    body: CreateDestinationBody,
  ): Promise<Destination> {
    if ((await workspace.streams.find(streamId)) === undefined) throw streamMissing();
    await this.checks.check(body);
    await this.delays.check(streamId, body.delaySeconds);
    const id = newId();
    const { streamKey, ...settings } = body;
    const key = new Secret(streamKey);
    const sealedKey = sealKey(this.masterKey, id, key);
    const creation = await workspace.destinations.create(
      { ...settings, id, streamId, sealedKey, keyHint: key.hint() },
      DESTINATIONS_PER_STREAM_MAX,
    );
    if (creation.kind === 'no-stream') throw streamMissing();
    if (creation.kind === 'too-many') throw tooMany();
    await this.relays.reconcile(streamId);
    return destinationView(creation.destination);
  }
}

function tooMany(): ProblemError {
  return new ProblemError(
    'DESTINATION_LIMIT',
    `A stream can have ${DESTINATIONS_PER_STREAM_MAX} destinations; remove one first.`,
    { status: 409 },
  );
}
