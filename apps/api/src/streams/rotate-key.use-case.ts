import { Injectable } from '@nestjs/common';
import type { RotatedKey, RotateKeyBody } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import type { IngestUrls } from './ingest-urls.ts';
import { newKey } from './new-key.ts';
import { streamMissing } from './stream-missing.ts';
import { streamView } from './stream-view.ts';

@Injectable()
export class RotateKey {
  /**
   * An encoder that is connected stays connected: keys are asked for when a publish begins. A
   * backup input that had no key has one from then on.
   */
  async run(
    workspace: WorkspaceDatabase,
    streamId: string,
    body: RotateKeyBody,
    urls: IngestUrls,
  ): Promise<RotatedKey> {
    const { overlapSeconds, input } = body;
    const { key, stored } = newKey();
    const rotation = await workspace.ingestKeys.rotate(streamId, stored, overlapSeconds, input);
    if (rotation === undefined) throw streamMissing();
    const view = streamView(rotation.stream, urls);
    return {
      ...view,
      input,
      ingest: { ...view.ingest, streamKey: key.reveal() },
      oldKeyWorksUntil: rotation.oldKeyWorksUntil.toISOString(),
    };
  }
}
