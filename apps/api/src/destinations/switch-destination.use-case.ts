import { Inject, Injectable } from '@nestjs/common';
import type { Destination } from '#contracts';
import { Database } from '#persistence';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { destinationMissing } from './destination-missing.ts';
import { destinationView } from './destination-view.ts';

/** Says what the owner wants; the status says when it is so. */
@Injectable()
export class SwitchDestination {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RelayCommander) private readonly relays: RelayCommander,
  ) {}

  start(id: string): Promise<Destination> {
    return this.run(id, 'on');
  }

  /** What is buffered for it is played out first, unless `cut`. Asked again, it may cut that. */
  async stop(id: string, cut = false): Promise<Destination> {
    const destination = await this.run(id, 'off');
    // Where no node owns the stream, nothing is played out.
    if (cut) await this.relays.cutPush(destination.streamId, id);
    return destination;
  }

  private async run(id: string, wanted: 'on' | 'off'): Promise<Destination> {
    const record = await this.database.destinations.change(id, { enabled: wanted === 'on' });
    if (record === undefined) throw destinationMissing();
    await this.relays.reconcile(record.streamId);
    return destinationView(record);
  }
}
