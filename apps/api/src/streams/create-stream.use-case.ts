import { Inject, Injectable } from '@nestjs/common';
import type { CreateStreamBody, StreamWithKey } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import { streamQuota } from '../quotas/quota-refusals.ts';
import { StreamChanges } from '../relay-commands/stream-changes.ts';
import type { IngestAddress } from './ingest-addresses.ts';
import { newKey } from './new-key.ts';
import { streamView } from './stream-view.ts';

@Injectable()
export class CreateStream {
  constructor(@Inject(StreamChanges) private readonly changes: StreamChanges) {}

  /** The ingest keys are shown here and never again: only their hashes are kept. */
  async run(
    workspace: WorkspaceDatabase,
    body: CreateStreamBody,
    address: IngestAddress,
  ): Promise<StreamWithKey> {
    const [primary, backup] = [newKey(), newKey()];
    const creation = await workspace.streams.create(body, primary.stored, backup.stored);
    if (creation.kind === 'quota') throw streamQuota(creation.streamsMax);
    this.changes.tellPages(workspace, creation.stream.id, 'stream');
    const view = streamView(creation.stream, address);
    const keys = { streamKey: primary.key.reveal(), backupStreamKey: backup.key.reveal() };
    return { ...view, ingest: { ...view.ingest, ...keys } };
  }
}
