import type { Stream, StreamWithKey } from '#contracts';
import type { Secret } from '#kernel';
import type { StreamRecord } from '#persistence';
import type { IngestUrls } from './ingest-urls.ts';

export function streamView(record: StreamRecord, urls: IngestUrls): Stream {
  return {
    id: record.id,
    name: record.name,
    graceSeconds: record.graceSeconds,
    ingest: { ...urls, keyHint: record.keyHint },
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}

/** The one view that shows an ingest key, which exists in the clear only now. */
export function streamViewWithKey(
  record: StreamRecord,
  urls: IngestUrls,
  key: Secret,
): StreamWithKey {
  const view = streamView(record, urls);
  return { ...view, ingest: { ...view.ingest, streamKey: key.reveal() } };
}
