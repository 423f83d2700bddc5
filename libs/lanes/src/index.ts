/**
 * The relay's worker threads: encoders in, rings, destinations out. A LanePool on the main thread
 * speaks with them in `messages`; a lane decides nothing about streams, retries or people.
 * Parts: lane-pool (main thread) · lane, listener, ingest, hold, attempt, feed, beat (its thread).
 */
export { Attempt } from './attempt.ts';
export { Beat, beatMs, type Pump } from './beat.ts';
export { Feed, type FeedHandler, type FeedSink } from './feed.ts';
export { Hold, type MakeStill } from './hold.ts';
export { Ingest } from './ingest.ts';
export { LanePool, type LanePoolHandler } from './lane-pool.ts';
export type {
  AttemptFailure,
  AttemptFigures,
  AttemptOrder,
  CertificatePair,
  Continuity,
  HeldPicture,
  HeldSound,
  IngestEndReason,
  IngestLimits,
  LaneCommand,
  LaneReport,
  PublishCredential,
  PublishGrant,
  PublishRequest,
} from './messages.ts';
export type { Accepted } from './listener.ts';
export { INGEST_LIMITS, LANE_LIMITS, type LaneSettings } from './settings.ts';
export { SINK_KEPT_BYTES_MAX } from './test-sink.ts';
