import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#persistence';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { destinationMissing } from './destination-missing.ts';

@Injectable()
export class RemoveDestination {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RelayCommander) private readonly relays: RelayCommander,
  ) {}

  /** Its key is wiped; a push that is up ends. */
  async run(id: string): Promise<void> {
    const destination = await this.database.destinations.find(id);
    if (destination === undefined) throw destinationMissing();
    await this.database.destinations.remove(id);
    await this.relays.reconcile(destination.streamId);
  }
}
