/**
 * The relay's worker threads: encoders in, rings, destinations out. The main thread holds a LanePool and speaks with
 * lanes in the messages of `messages.ts`; a lane decides nothing about streams, retries or people.
 * Parts: lane-pool (main thread) · lane.worker, lane, listener, ingest, attempt, feed, beat (worker thread).
 */
export { LanePool, type LanePoolHandler } from './lane-pool.ts';
export type {
  AttemptFigures,
  AttemptOrder,
  CertificatePair,
  IngestEndReason,
  LaneCommand,
  LaneReport,
  PublishRequest,
} from './messages.ts';
export { LANE_LIMITS, type LaneSettings } from './settings.ts';
