import { Inject, Injectable } from '@nestjs/common';
import type { WorkspaceDatabase } from '#persistence';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { slateMissing } from './stream-missing.ts';

@Injectable()
export class RemoveSlate {
  constructor(@Inject(RelayCommander) private readonly relays: RelayCommander) {}

  async run(workspace: WorkspaceDatabase, streamId: string): Promise<void> {
    if (!(await workspace.slates.remove(streamId))) throw slateMissing();
    await this.relays.reconcile(streamId);
  }
}
