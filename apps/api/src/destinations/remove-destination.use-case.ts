import { Inject, Injectable } from '@nestjs/common';
import type { WorkspaceDatabase } from '#persistence';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { destinationMissing } from './destination-missing.ts';

@Injectable()
export class RemoveDestination {
  constructor(@Inject(RelayCommander) private readonly relays: RelayCommander) {}

  /** Its key is wiped; a push that is up ends. */
  async run(workspace: WorkspaceDatabase, id: string, version?: number): Promise<void> {
    const destination = await workspace.destinations.find(id);
    if (destination === undefined) throw destinationMissing();
    await workspace.destinations.remove(id, version);
    await this.relays.reconcile(destination.streamId);
  }
}
