import { Inject, Injectable } from '@nestjs/common';
import type { WorkspaceDatabase } from '#persistence';
import { StreamChanges } from '../relay-commands/stream-changes.ts';
import { slateMissing } from './stream-missing.ts';

@Injectable()
export class RemoveSlate {
  constructor(@Inject(StreamChanges) private readonly changes: StreamChanges) {}

  async run(workspace: WorkspaceDatabase, streamId: string): Promise<void> {
    if (!(await workspace.slates.remove(streamId))) throw slateMissing();
    await this.changes.tell(workspace, streamId, 'stream');
  }
}
