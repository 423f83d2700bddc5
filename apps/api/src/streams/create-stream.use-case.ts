import { Inject, Injectable } from '@nestjs/common';
import type { CreateStreamBody, StreamWithKey } from '#contracts';
import { Database } from '#persistence';
import { hashIngestKey, newIngestKey } from '#vault';
import type { IngestUrls } from './ingest-urls.ts';
import { streamViewWithKey } from './stream-view.ts';

@Injectable()
export class CreateStream {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The ingest key is shown here and never again: only its hash is kept. */
  async run(body: CreateStreamBody, urls: IngestUrls): Promise<StreamWithKey> {
    const key = newIngestKey();
    const stored = { hash: hashIngestKey(key), hint: key.hint() };
    const record = await this.database.streams.create(body, stored);
    return streamViewWithKey(record, urls, key);
  }
}
