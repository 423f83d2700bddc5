import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#persistence';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { streamMissing } from './stream-missing.ts';

@Injectable()
export class RemoveStream {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RelayCommander) private readonly relays: RelayCommander,
  ) {}

  /** A broadcast of it that is live ends; its history stays. */
  async run(streamId: string): Promise<void> {
    if (!(await this.database.streams.remove(streamId))) throw streamMissing();
    await this.relays.reconcile(streamId);
  }
}
