import { Inject, Injectable } from '@nestjs/common';
import type { RotatedKey, RotateKeyBody } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import type { IngestAddress } from './ingest-addresses.ts';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { StreamChanges } from '../relay-commands/stream-changes.ts';
import { newKey } from './new-key.ts';
import { streamMissing } from './stream-missing.ts';
import { streamView } from './stream-view.ts';

@Injectable()
export class RotateKey {
  constructor(
    @Inject(RelayCommander) private readonly relays: RelayCommander,
    @Inject(StreamChanges) private readonly changes: StreamChanges,
  ) {}

  /**
   * An encoder that is connected with the old key is ended when that stops working: at once, or
   * when the overlap is over. A backup input that had no key has one from then on.
   */
  async run(
    workspace: WorkspaceDatabase,
    streamId: string,
    body: RotateKeyBody,
    address: IngestAddress,
  ): Promise<RotatedKey> {
    const { overlapSeconds, input } = body;
    const { key, stored } = newKey();
    const rotation = await workspace.ingestKeys.rotate(streamId, stored, overlapSeconds, input);
    if (rotation === undefined) throw streamMissing();
    await this.relays.checkKeys(streamId);
    this.changes.tellPages(workspace, streamId, 'stream');
    const view = streamView(rotation.stream, address);
    return {
      ...view,
      input,
      ingest: { ...view.ingest, streamKey: key.reveal() },
      oldKeyWorksUntil: rotation.oldKeyWorksUntil.toISOString(),
    };
  }
}
