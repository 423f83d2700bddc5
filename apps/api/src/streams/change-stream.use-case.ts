import { Inject, Injectable } from '@nestjs/common';
import type { ChangeStreamBody } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import { StreamChanges } from '../relay-commands/stream-changes.ts';
import { definedOf } from '../web/defined-of.ts';
import type { IngestAddress } from './ingest-addresses.ts';
import { streamMissing } from './stream-missing.ts';
import { streamView, type StreamView } from './stream-view.ts';

@Injectable()
export class ChangeStream {
  constructor(@Inject(StreamChanges) private readonly changes: StreamChanges) {}

  async run(
    workspace: WorkspaceDatabase,
    streamId: string,
    body: ChangeStreamBody,
    address: IngestAddress,
    version: number | undefined,
  ): Promise<StreamView> {
    const record = await workspace.streams.change(streamId, definedOf(body), version);
    if (record === undefined) throw streamMissing();
    await this.changes.tell(workspace, streamId, 'stream');
    return streamView(record, address);
  }
}
