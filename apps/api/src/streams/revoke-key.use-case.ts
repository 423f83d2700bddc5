import { Inject, Injectable } from '@nestjs/common';
import type { WorkspaceDatabase } from '#persistence';
import { ProblemError } from '../problem/problem-error.ts';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { StreamChanges } from '../relay-commands/stream-changes.ts';

@Injectable()
export class RevokeKey {
  constructor(
    @Inject(RelayCommander) private readonly relays: RelayCommander,
    @Inject(StreamChanges) private readonly changes: StreamChanges,
  ) {}

  /** An encoder that is connected with it is ended at once. */
  async run(
    workspace: WorkspaceDatabase,
    streamId: string,
    keyId: string,
    evenLast: boolean,
  ): Promise<void> {
    const outcome = await workspace.ingestKeys.revoke(streamId, keyId, evenLast);
    if (outcome === 'missing') throw new ProblemError('KEY_NOT_FOUND');
    if (outcome === 'last') throw new ProblemError('KEY_LAST');
    await this.relays.checkKeys(streamId);
    this.changes.tellPages(workspace, streamId, 'stream');
  }
}
