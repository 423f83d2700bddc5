import { Inject, Injectable } from '@nestjs/common';
import type { Destination } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { StreamChanges } from '../relay-commands/stream-changes.ts';
import { destinationMissing } from './destination-missing.ts';
import { destinationView } from './destination-view.ts';

/** Says what the owner wants; the status says when it is so. */
@Injectable()
export class SwitchDestination {
  constructor(
    @Inject(RelayCommander) private readonly relays: RelayCommander,
    @Inject(StreamChanges) private readonly changes: StreamChanges,
  ) {}

  start(workspace: WorkspaceDatabase, id: string): Promise<Destination> {
    return this.run(workspace, id, 'on');
  }

  /** What is buffered for it is played out first, unless `cut`. Asked again, it may cut that. */
  async stop(workspace: WorkspaceDatabase, id: string, cut = false): Promise<Destination> {
    const destination = await this.run(workspace, id, 'off');
    // Where no node owns the stream, nothing is played out.
    if (cut) await this.relays.cutPush(destination.streamId, id);
    return destination;
  }

  private async run(
    workspace: WorkspaceDatabase,
    id: string,
    wanted: 'on' | 'off',
  ): Promise<Destination> {
    const record = await workspace.destinations.change(id, { enabled: wanted === 'on' });
    if (record === undefined) throw destinationMissing();
    await this.changes.tell(workspace, record.streamId, 'destinations');
    return destinationView(record);
  }
}
