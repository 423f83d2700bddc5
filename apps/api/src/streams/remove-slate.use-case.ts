import { Inject, Injectable } from '@nestjs/common';
import { Database } from '#persistence';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { slateMissing } from './stream-missing.ts';

@Injectable()
export class RemoveSlate {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RelayCommander) private readonly relays: RelayCommander,
  ) {}

  async run(streamId: string): Promise<void> {
    if (!(await this.database.slates.remove(streamId))) throw slateMissing();
    await this.relays.reconcile(streamId);
  }
}
