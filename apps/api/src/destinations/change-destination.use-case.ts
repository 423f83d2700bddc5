import { Inject, Injectable } from '@nestjs/common';
import type { ChangeDestinationBody, Destination } from '#contracts';
import { Secret } from '#kernel';
import type { DestinationChanges, DestinationRecord, WorkspaceDatabase } from '#persistence';
import { MasterKey, sealKey } from '#vault';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { definedOf } from '../web/defined-of.ts';
import { DelayCheck } from './delay-check.ts';
import { DestinationChecks } from './destination-checks.ts';
import { destinationMissing } from './destination-missing.ts';
import { destinationView } from './destination-view.ts';

/** Changes that a connection which is up cannot follow. */
const NEED_RESTART = ['url', 'backupUrl'] as const;

@Injectable()
export class ChangeDestination {
  constructor(
    @Inject(MasterKey) private readonly masterKey: MasterKey,
    @Inject(DestinationChecks) private readonly checks: DestinationChecks,
    @Inject(DelayCheck) private readonly delays: DelayCheck,
    @Inject(RelayCommander) private readonly relays: RelayCommander,
  ) {}

  async run(
    workspace: WorkspaceDatabase,
    id: string,
    body: ChangeDestinationBody,
  ): Promise<Destination> {
    const before = await workspace.destinations.find(id);
    if (before === undefined) throw destinationMissing();
    await this.checks.check(body);
    const { streamKey, ...settings } = body;
    if (settings.delaySeconds !== undefined && settings.delaySeconds !== before.delaySeconds) {
      await this.delays.check(before.streamId, settings.delaySeconds);
    }
    const after = await workspace.destinations.change(id, {
      ...this.keyChanges(id, streamKey),
      ...definedOf(settings),
      restart: streamKey !== undefined || needsRestart(before, body),
    });
    if (after === undefined) throw destinationMissing();
    await this.relays.reconcile(after.streamId);
    return destinationView(after);
  }

  private keyChanges(id: string, streamKey: string | undefined): DestinationChanges {
    if (streamKey === undefined) return {};
    const key = new Secret(streamKey);
    return { sealedKey: sealKey(this.masterKey, id, key), keyHint: key.hint() };
  }
}

function needsRestart(before: DestinationRecord, body: ChangeDestinationBody): boolean {
  return NEED_RESTART.some((name) => body[name] !== undefined && body[name] !== before[name]);
}
