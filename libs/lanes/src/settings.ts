import { INGEST_KBPS_MAX } from '#contracts';
import type { CertificatePair, IngestLimits } from './messages.ts';

/** What every lane of a relay shares; sent to the worker thread as its `workerData`. */
export interface LaneSettings {
  /** Address to listen on for RTMP and RTMPS. */
  readonly bindHost: string;
  /** 0 turns plain RTMP off. */
  readonly rtmpPort: number;
  /** 0 turns RTMPS off. */
  readonly rtmpsPort: number;
  readonly certificate: CertificatePair;
  /** CIDRs that destinations may be in although they are not public. */
  readonly allowedPrivateCidrs: readonly string[];
  /**
   * Connections of one lane at a time that are not publishing; fewer than `LANE_LIMITS` says where
   * the system gives the process few descriptors.
   */
  readonly pendingConnectionsMax: number;
}

/** What an encoder may send where its owner says nothing, over a stretch of ten seconds. */
export const INGEST_LIMITS: IngestLimits = { kbpsMax: INGEST_KBPS_MAX, burstMs: 10_000 };

/**
 * Limits and deadlines of a lane, each with its unit; the reasons are in the design of faults and
 * limits.
 */
export const LANE_LIMITS = {
  /** From accept to a complete handshake, however slowly it trickles. */
  handshakeMs: 5_000,
  /** From accept to an accepted publish. */
  publishMs: 10_000,
  /** An ingest that sends no media for this long is ended. */
  ingestIdleMs: 10_000,
  /** An encoder that has sent no picture for this long is away, whatever else it sends. */
  ingestFreezeMs: 3_000,
  /** How often an encoder is looked at for that. */
  ingestLookMs: 250,
  /** What an encoder gathers until it is given the ring, and for how long. */
  readyBytes: 8 * 1024 * 1024,
  readyMessages: 10_000,
  readyMs: 1_000,
  /** So long an encoder must have sent at the pace of its own clock to be at its present. */
  settleMs: 60,
  /** An encoder that takes over waits so long for a keyframe that a decoder can begin at. */
  cleanEntryMs: 10_000,
  /** A hold writes what has become due no more often than this. */
  holdBeatMs: 20,
  /** So much of what a hold could not write in time is made good. */
  holdBacklogMs: 4_000,
  /** An encoder that was answered for the last time gets this long to read it before it is cut. */
  lingerMs: 2_000,
  /**
   * Connections of one address to one lane at a time that are not publishing. Of IPv6 an address is
   * its /64, here and below.
   */
  pendingPerAddress: 20,
  /**
   * New connections of one address to one lane: each may cost a TLS handshake. So many at once are
   * all the encoders of a large studio that come back together; then so many a minute.
   */
  connectionsAtOncePerAddress: 200,
  connectionsPerMinutePerAddress: 600,
  /** Connections of a lane at a time that are not publishing. */
  pendingConnections: 500,
  /** A destination that takes no byte for this long is cut. */
  stallMs: 8_000,
  /** Behind by more than this, a cursor jumps to the newest keyframe. */
  lagSoftMs: 4_000,
  /** Behind by more than this, a push is shown as degraded. */
  lagDegradedMs: 2_000,
  /** A degraded push that has kept up for this long is shown as live again. */
  recoveredAfterMs: 5_000,
  /** A new attempt waits this long for the stream's next keyframe. */
  keyframeWaitMs: 15_000,
  /** How often a lane reports its figures. */
  figuresMs: 1_000,
} as const;
