/**
 * What an encoder's messages become before they enter the ring: one timeline, kept headers, joins at keyframes.
 * It never looks into pictures or sound, never changes a body but metadata's framing, and knows no sockets.
 * Parts: Timeline (clocks), HeaderSet (what joiners need), IngestMeter (what owners see), IngestPipeline (all of it).
 */
export { HeaderSet } from './header-set.ts';
export { IngestMeter, KEYFRAME_INTERVAL_MS_MAX } from './ingest-meter.ts';
export type { AudioMeasure, IngestMeasure, TimelineFaults, VideoMeasure } from './ingest-meter.ts';
export { AUDIO_ONLY_AFTER_MS, IngestPipeline } from './ingest-pipeline.ts';
export type { IngestWarning, IngestWarningCode } from './ingest-warning.ts';
export { EPOCH_GAP_MS_MAX, Timeline } from './timeline.ts';
export type { TimedTrack, TimelineResume } from './timeline.ts';
