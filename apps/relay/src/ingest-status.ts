import type { IngestStatus } from '#contracts';
import type { IngestMeasure } from '#media';
import type { CurrentIngest } from './broadcast.ts';

/** What is known of an encoder before its lane has measured anything. */
const NOTHING_YET: IngestMeasure = {
  kbps: 0,
  video: null,
  audio: null,
  faults: { jumps: 0, lateMessages: 0 },
  warnings: [],
};

/** What the owner is shown of the encoder that feeds the stream. */
export function ingestStatus(
  ingest: CurrentIngest,
  measure: IngestMeasure = NOTHING_YET,
): IngestStatus {
  const { request } = ingest;
  return {
    connectedAt: new Date(ingest.acceptedAtMs).toISOString(),
    protocol: request.secure ? 'rtmps' : 'rtmp',
    encoder: request.encoder === '' ? null : request.encoder,
    kbps: measure.kbps,
    video: measure.video,
    audio: measure.audio,
    ...measure.faults,
    warnings: [...measure.warnings],
  };
}
