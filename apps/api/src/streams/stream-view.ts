import type { Stream } from '#contracts';
import type { StreamRecord } from '#persistence';
import type { IngestAddress } from './ingest-addresses.ts';

/** What the schema shows, and the version that becomes its ETag. */
export type StreamView = Stream & { readonly version: number };

export function streamView(record: StreamRecord, address: IngestAddress): StreamView {
  return {
    id: record.id,
    name: record.name,
    graceSeconds: record.graceSeconds,
    endOnUnpublish: record.endOnUnpublish,
    takeover: record.takeover,
    ingest: { ...address, keyHint: record.keyHint, backupKeyHint: record.backupKeyHint },
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
    version: record.version,
  };
}
