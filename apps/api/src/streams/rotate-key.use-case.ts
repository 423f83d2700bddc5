import { Inject, Injectable } from '@nestjs/common';
import type { RotatedKey, RotateKeyBody } from '#contracts';
import { Database } from '#persistence';
import { hashIngestKey, newIngestKey } from '#vault';
import type { IngestUrls } from './ingest-urls.ts';
import { streamMissing } from './stream-missing.ts';
import { streamViewWithKey } from './stream-view.ts';

@Injectable()
export class RotateKey {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** An encoder that is connected stays connected: keys are asked for when a publish begins. */
  async run(streamId: string, body: RotateKeyBody, urls: IngestUrls): Promise<RotatedKey> {
    const key = newIngestKey();
    const stored = { hash: hashIngestKey(key), hint: key.hint() };
    const rotation = await this.database.ingestKeys.rotate(streamId, stored, body.overlapSeconds);
    if (rotation === undefined) throw streamMissing();
    return {
      ...streamViewWithKey(rotation.stream, urls, key),
      oldKeyWorksUntil: rotation.oldKeyWorksUntil.toISOString(),
    };
  }
}
