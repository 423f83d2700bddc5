import { Inject, Injectable } from '@nestjs/common';
import type { WorkspaceDatabase } from '#persistence';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { streamMissing, streamNotLive } from './stream-missing.ts';

@Injectable()
export class EndBroadcast {
  constructor(@Inject(RelayCommander) private readonly relays: RelayCommander) {}

  /**
   * Asks the relay to end the broadcast now, cleanly; the status tells when it has. What is
   * buffered for a destination is played out first, unless `cut`.
   */
  async run(workspace: WorkspaceDatabase, streamId: string, cut = false): Promise<void> {
    if ((await workspace.streams.find(streamId)) === undefined) throw streamMissing();
    if (!(await this.relays.endBroadcast(streamId, cut))) throw streamNotLive();
  }
}
