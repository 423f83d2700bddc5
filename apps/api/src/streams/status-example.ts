import { DEFAULT_WORKSPACE_ID, type StreamStatus } from '#contracts';

const second = (count: number): string => `2026-11-20T10:00:${String(count).padStart(2, '0')}.000Z`;
const ingest: StreamStatus['ingest'] = {
  connectedAt: second(0),
  protocol: 'rtmps',
  encoder: 'OBS Studio',
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
  warnings: [],
};

/** For the OpenAPI document: the primary has frozen, the backup is on air, one delayed push. */
export const statusExample: StreamStatus = {
  streamId: '01920000-0000-7000-8000-000000000001',
  workspaceId: DEFAULT_WORKSPACE_ID,
  state: 'live',
  broadcast: { id: '01920000-0000-7000-8000-000000000002', startedAt: second(1) },
  ingest,
  activeInput: 'backup',
  inputs: {
    primary: { ...ingest, health: 'frozen', kbps: 160 },
    backup: { ...ingest, health: 'well' },
  },
  graceEndsAt: null,
  hold: null,
  delaySecondsMax: 58,
  warnings: [],
  pushes: [
    {
      destinationId: '01920000-0000-7000-8000-000000000003',
      enabled: true,
      state: 'live',
      since: second(32),
      attempt: 1,
      nextRetryAt: null,
      lastError: null,
      evidence: {
        tcp: second(31),
        tls: second(31),
        publishAccepted: second(32),
        bytesWritten: 8_425_310,
        bytesAcked: 8_410_000,
        lastProgressAt: second(44),
      },
      kbps: 6_120,
      lagMs: 12,
      delayMs: 30_000,
      delayWantedMs: 30_000,
      startsAt: null,
      target: 'main',
      drainingUntil: null,
      droppedFrames: 0,
      warnings: [],
    },
  ],
  updatedAt: second(45),
};
