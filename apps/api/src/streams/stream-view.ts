import type { Stream } from '#contracts';
import type { StreamRecord } from '#persistence';
import type { IngestUrls } from './ingest-urls.ts';

/** What the schema shows, and the version that becomes its ETag. */
export type StreamView = Stream & { readonly version: number };

export function streamView(record: StreamRecord, urls: IngestUrls): StreamView {
  return {
    id: record.id,
    name: record.name,
    graceSeconds: record.graceSeconds,
    endOnUnpublish: record.endOnUnpublish,
    takeover: record.takeover,
    ingest: { ...urls, keyHint: record.keyHint, backupKeyHint: record.backupKeyHint },
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
    version: record.version,
  };
}
