/**
 * What an encoder's messages become before the ring: one timeline, kept headers, keyframes first.
 * It never decodes pictures or sound, changes no body but metadata's, and knows no sockets.
 * Parts: Timeline, HeaderSet (for joiners), IngestMeter (for owners), IngestPipeline (all of it).
 */
export { IngestPipeline } from './ingest-pipeline.ts';
export type { AudioMeasure, IngestMeasure, VideoMeasure } from './ingest-meter.ts';
export type { IngestWarning, IngestWarningCode } from './ingest-warning.ts';
