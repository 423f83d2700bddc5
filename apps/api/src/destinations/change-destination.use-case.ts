import { Inject, Injectable } from '@nestjs/common';
import type { ChangeDestinationBody } from '#contracts';
import type { DestinationRecord, WorkspaceDatabase } from '#persistence';
import { StreamChanges } from '../relay-commands/stream-changes.ts';
import { definedOf } from '../web/defined-of.ts';
import { DelayCheck } from './delay-check.ts';
import { DestinationChecks } from './destination-checks.ts';
import { DestinationKey } from './destination-key.ts';
import { destinationMissing } from './destination-missing.ts';
import { targetOfChange } from './destination-target.ts';
import { savedDestinationView } from './destination-view.ts';
import type { SavedDestination } from './destination-view.ts';

/** Changes that a connection which is up cannot follow. */
const NEED_RESTART = ['url', 'backupUrl', 'certificateSha256'] as const;

@Injectable()
export class ChangeDestination {
  constructor(
    @Inject(DestinationKey) private readonly key: DestinationKey,
    @Inject(DestinationChecks) private readonly checks: DestinationChecks,
    @Inject(DelayCheck) private readonly delays: DelayCheck,
    @Inject(StreamChanges) private readonly changes: StreamChanges,
  ) {}

  async run(
    workspace: WorkspaceDatabase,
    id: string,
    body: ChangeDestinationBody,
    version?: number,
  ): Promise<SavedDestination> {
    const before = await workspace.destinations.find(id);
    if (before === undefined) throw destinationMissing();
    const changes = definedOf({ ...body, ...targetOfChange(before, body) });
    await this.checks.check({ ...changes, kept: before });
    const { streamKey, ...settings } = changes;
    if (settings.delaySeconds !== undefined && settings.delaySeconds !== before.delaySeconds) {
      await this.delays.check(before.streamId, settings.delaySeconds);
    }
    const wanted = {
      ...(await this.key.changes(workspace, before, changes)),
      ...settings,
      restart: streamKey !== undefined || needsRestart(before, changes),
    };
    const after = await workspace.destinations.change(id, wanted, version);
    if (after === undefined) throw destinationMissing();
    await this.changes.tell(workspace, after.streamId, 'destinations');
    return savedDestinationView(after, streamKey);
  }
}

function needsRestart(before: DestinationRecord, body: ChangeDestinationBody): boolean {
  return NEED_RESTART.some((name) => body[name] !== undefined && body[name] !== before[name]);
}
