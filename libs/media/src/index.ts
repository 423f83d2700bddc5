/**
 * What an encoder's messages become before the ring: one timeline, kept headers, keyframes first.
 * It never decodes pictures or sound, changes no body but metadata's, and knows no sockets.
 * Parts: Timeline, HeaderSet (for joiners), IngestMeter (for owners), IngestPipeline (all of it),
 * IngestStandby (an encoder without a ring), continuityOf (one encoder after the other), Rendition
 * (the chosen tracks of a broadcast).
 */
export { continuityOf } from './continuity.ts';
export { IngestPipeline } from './ingest-pipeline.ts';
export type { AudioMeasure, IngestMeasure, VideoMeasure } from './ingest-meter.ts';
export { IngestStandby } from './ingest-standby.ts';
export type { IngestWarning, IngestWarningCode } from './ingest-warning.ts';
export { compositionMsOf, nextPictureMs, pictureEnd } from './picture-end.ts';
export { Rendition, type RenditionNews } from './rendition.ts';
export type { RenditionChoice } from './rendition-choice.ts';
