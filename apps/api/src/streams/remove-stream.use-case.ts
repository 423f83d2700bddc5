import { Inject, Injectable } from '@nestjs/common';
import type { WorkspaceDatabase } from '#persistence';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { streamMissing } from './stream-missing.ts';

@Injectable()
export class RemoveStream {
  constructor(@Inject(RelayCommander) private readonly relays: RelayCommander) {}

  /** A broadcast of it that is live ends; its history stays. */
  async run(workspace: WorkspaceDatabase, streamId: string, version?: number): Promise<void> {
    if (!(await workspace.streams.remove(streamId, version))) throw streamMissing();
    await this.relays.reconcile(streamId);
  }
}
