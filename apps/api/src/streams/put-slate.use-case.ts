import { Inject, Injectable } from '@nestjs/common';
import type { Slate } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import { StreamChanges } from '../relay-commands/stream-changes.ts';
import type { SlatePicture } from './slate-picture.ts';
import { streamMissing } from './stream-missing.ts';

@Injectable()
export class PutSlate {
  constructor(@Inject(StreamChanges) private readonly changes: StreamChanges) {}

  /** The relay codes it for the stream as soon as there is a broadcast. */
  async run(
    workspace: WorkspaceDatabase,
    streamId: string,
    { slate, image }: SlatePicture,
  ): Promise<Slate> {
    const { sha256, mime } = slate;
    const kept = await workspace.slates.put(streamId, { sha256, mime, image });
    if (!kept) throw streamMissing();
    await this.changes.tell(workspace, streamId, 'stream');
    return slate;
  }
}
