import { Inject, Injectable } from '@nestjs/common';
import type { RotatedKey, RotateKeyBody } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import type { IngestUrls } from './ingest-urls.ts';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { newKey } from './new-key.ts';
import { streamMissing } from './stream-missing.ts';
import { streamView } from './stream-view.ts';

@Injectable()
export class RotateKey {
  constructor(@Inject(RelayCommander) private readonly relays: RelayCommander) {}

  /**
   * An encoder that is connected with the old key is ended when that stops working: at once, or
   * when the overlap is over. A backup input that had no key has one from then on.
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
    await this.relays.checkKeys(streamId);
    const view = streamView(rotation.stream, urls);
    return {
      ...view,
      input,
      ingest: { ...view.ingest, streamKey: key.reveal() },
      oldKeyWorksUntil: rotation.oldKeyWorksUntil.toISOString(),
    };
  }
}
