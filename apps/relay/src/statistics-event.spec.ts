import { describe, expect, it } from 'vitest';
import { DEFAULT_WORKSPACE_ID, liveEventSchema } from '#contracts';
import type { IngestStatus, PushStatus, StreamStatus } from '#contracts';
import { statisticsOf } from './statistics-event.ts';

const AT = '2026-11-20T10:00:00.000Z';
const streamId = '01920000-0000-7000-8000-000000000001';
const destinationId = '01920000-0000-7000-8000-000000000002';

const push: PushStatus = {
  destinationId,
  enabled: true,
  state: 'live',
  since: AT,
  attempt: 1,
  nextRetryAt: null,
  lastError: null,
  evidence: {
    tcp: AT,
    tls: null,
    publishAccepted: AT,
    bytesWritten: 900,
    bytesAcked: 800,
    lastProgressAt: AT,
  },
  kbps: 6_000,
  lagMs: 12,
  delayMs: 0,
  delayWantedMs: 0,
  startsAt: null,
  target: 'main',
  drainingUntil: null,
  droppedFrames: 3,
  warnings: [],
};
const ingest: IngestStatus = {
  connectedAt: AT,
  protocol: 'rtmp',
  encoder: null,
  kbps: 6_120,
  video: {
    codec: 'avc1',
    width: 1_920,
    height: 1_080,
    framesPerSecond: 60,
    kbps: 5_960,
    keyframeIntervalMs: 2_000,
  },
  audio: { codec: 'mp4a', sampleRateHz: 48_000, channels: 2, kbps: 160 },
  lateMessages: 4,
  jumps: 1,
  warnings: [],
};
const status: StreamStatus = {
  streamId,
  workspaceId: DEFAULT_WORKSPACE_ID,
  state: 'live',
  broadcast: { id: streamId, startedAt: AT },
  ingest,
  activeInput: 'primary',
  inputs: { primary: null, backup: null },
  graceEndsAt: null,
  hold: null,
  delaySecondsMax: null,
  warnings: [],
  pushes: [push],
  updatedAt: AT,
};

describe('the statistics of a second', () => {
  it('say what comes in, and how far each destination has got', () => {
    const event = statisticsOf(status);
    expect(liveEventSchema.parse(event)).toEqual(event);
    expect(event).toMatchObject({
      at: AT,
      ingestKbps: 6_120,
      ingest: {
        kbps: 6_120,
        videoKbps: 5_960,
        audioKbps: 160,
        framesPerSecond: 60,
        keyframeIntervalMs: 2_000,
        lateMessages: 4,
        jumps: 1,
      },
      pushes: [
        {
          destinationId,
          kbps: 6_000,
          droppedFrames: 3,
          bytesWritten: 900,
          bytesAcked: 800,
          lastProgressAt: AT,
        },
      ],
    });
  });

  it('name nothing that is not known', () => {
    const { lateMessages: _late, jumps: _jumps, ...rest } = ingest;
    const bare = { ...rest, kbps: 0, video: null, audio: null };
    expect(statisticsOf({ ...status, ingest: bare }).ingest).toEqual({
      kbps: 0,
      videoKbps: null,
      audioKbps: null,
      framesPerSecond: null,
      keyframeIntervalMs: null,
      lateMessages: null,
      jumps: null,
    });
    expect(statisticsOf({ ...status, ingest: null })).toMatchObject({
      ingestKbps: 0,
      ingest: null,
    });
  });

  it('of a relay of an earlier version are read all the same', () => {
    const { ingest: _ingest, ...event } = statisticsOf(status);
    const pushes = [{ destinationId, kbps: 1, lagMs: 2, droppedFrames: 0 }];
    expect(liveEventSchema.safeParse({ ...event, pushes }).success).toBe(true);
  });
});
