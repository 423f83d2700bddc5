import { Inject, Injectable } from '@nestjs/common';
import type { ChangeStreamBody } from '#contracts';
import type { WorkspaceDatabase } from '#persistence';
import { RelayCommander } from '../relay-commands/relay-commander.ts';
import { definedOf } from '../web/defined-of.ts';
import type { IngestUrls } from './ingest-urls.ts';
import { streamMissing } from './stream-missing.ts';
import { streamView, type StreamView } from './stream-view.ts';

@Injectable()
export class ChangeStream {
  constructor(@Inject(RelayCommander) private readonly relays: RelayCommander) {}

  async run(
    workspace: WorkspaceDatabase,
    streamId: string,
    body: ChangeStreamBody,
    urls: IngestUrls,
    version: number | undefined,
  ): Promise<StreamView> {
    const record = await workspace.streams.change(streamId, definedOf(body), version);
    if (record === undefined) throw streamMissing();
    await this.relays.reconcile(streamId);
    return streamView(record, urls);
  }
}
