import { Inject, Injectable } from '@nestjs/common';
import type { WorkspaceDatabase } from '#persistence';
import { StreamChanges } from '../relay-commands/stream-changes.ts';
import { destinationMissing } from './destination-missing.ts';

@Injectable()
export class RemoveDestination {
  constructor(@Inject(StreamChanges) private readonly changes: StreamChanges) {}

  /** Its key is wiped; a push that is up ends. */
  async run(workspace: WorkspaceDatabase, id: string, version?: number): Promise<void> {
    const destination = await workspace.destinations.find(id);
    if (destination === undefined) throw destinationMissing();
    await workspace.destinations.remove(id, version);
    await this.changes.tell(workspace, destination.streamId, 'destinations');
  }
}
