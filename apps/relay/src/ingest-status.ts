import type { IngestStatus } from '#contracts';
import type { IngestMeasure } from '#media';
import type { CurrentIngest } from './live-stream.ts';

/** What the owner is shown of the encoder that feeds the stream. */
export function ingestStatus(ingest: CurrentIngest, measure: IngestMeasure): IngestStatus {
  const { request } = ingest;
  return {
    connectedAt: new Date(ingest.acceptedAtMs).toISOString(),
    protocol: request.secure ? 'rtmps' : 'rtmp',
    encoder: request.encoder === '' ? null : request.encoder,
    kbps: measure.kbps,
    video: measure.video,
    audio: measure.audio,
    warnings: [...measure.warnings],
  };
}
