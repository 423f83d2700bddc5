import type { Stream } from '#contracts';
import type { StreamRecord } from '#persistence';
import type { IngestUrls } from './ingest-urls.ts';

export function streamView(record: StreamRecord, urls: IngestUrls): Stream {
  return {
    id: record.id,
    name: record.name,
    graceSeconds: record.graceSeconds,
    endOnUnpublish: record.endOnUnpublish,
    takeover: record.takeover,
    ingest: { ...urls, keyHint: record.keyHint, backupKeyHint: record.backupKeyHint },
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}
