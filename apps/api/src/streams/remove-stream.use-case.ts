import { Inject, Injectable } from '@nestjs/common';
import type { WorkspaceDatabase } from '#persistence';
import { StreamChanges } from '../relay-commands/stream-changes.ts';
import { streamMissing } from './stream-missing.ts';

@Injectable()
export class RemoveStream {
  constructor(@Inject(StreamChanges) private readonly changes: StreamChanges) {}

  /** A broadcast of it that is live ends; its history stays. */
  async run(workspace: WorkspaceDatabase, streamId: string, version?: number): Promise<void> {
    if (!(await workspace.streams.remove(streamId, version))) throw streamMissing();
    await this.changes.tell(workspace, streamId, 'removed');
  }
}
