import type { InputStatus, PushStatus, StreamStatus } from '#contracts';
import type { StreamWithDestinations } from './live-state.ts';
import { longAwayMs } from './looks.ts';
import { summaryOf } from './summary.ts';
import type { SummaryFacts } from './summary.ts';

export const nowMs = Date.UTC(2026, 0, 1, 12);
export const at = (ms = 0): string => new Date(nowMs + ms).toISOString();
export const since = at(-longAwayMs);

export type Seen = Partial<PushStatus>;

const names = ['Twitch', 'Kick', 'YouTube', 'Mixer', 'Vimeo'];

/** A stream of which each destination is on, and as it is said; null: it is off. */
export function streamOf(pushes: ReadonlyArray<Seen | null>): StreamWithDestinations {
  return {
    id: 's1',
    name: 'Friday show',
    graceSeconds: 60,
    endOnUnpublish: false,
    takeover: 'takeover',
    ingest: {
      rtmpUrl: null,
      rtmpsUrl: null,
      recommended: 'rtmp',
      certificate: 'unknown',
      keyHint: '',
      backupKeyHint: null,
    },
    createdAt: at(),
    updatedAt: at(),
    destinations: pushes.map((push, index) => ({
      id: `d${index}`,
      streamId: 's1',
      name: names[index] ?? '',
      platform: 'custom',
      url: 'rtmp://live.example/app',
      backupUrl: null,
      keyHint: '',
      enabled: push !== null,
      backupAfter: 3,
      resume: 'live',
      delaySeconds: 0,
      certificateSha256: null,
      createdAt: at(),
      updatedAt: at(),
    })),
  };
}

export function statusOf(
  pushes: ReadonlyArray<Seen | null>,
  rest: Partial<StreamStatus>,
): StreamStatus {
  return {
    streamId: 's1',
    workspaceId: null,
    state: 'live',
    broadcast: { id: 'b1', startedAt: at() },
    ingest: null,
    activeInput: 'primary',
    inputs: { primary: null, backup: null },
    graceEndsAt: null,
    hold: null,
    delaySecondsMax: null,
    warnings: [],
    pushes: pushes.map((push, index) => ({
      destinationId: `d${index}`,
      enabled: push !== null,
      state: push === null ? 'stopped' : 'live',
      since,
      attempt: 1,
      nextRetryAt: null,
      lastError: null,
      evidence: {
        tcp: null,
        tls: null,
        publishAccepted: null,
        bytesWritten: 0,
        bytesAcked: 0,
        lastProgressAt: null,
      },
      kbps: 0,
      lagMs: 0,
      delayMs: 0,
      delayWantedMs: 0,
      startsAt: null,
      target: 'main',
      drainingUntil: null,
      droppedFrames: 0,
      warnings: [],
      ...push,
    })),
    updatedAt: at(),
    ...rest,
  };
}

export interface More extends Partial<SummaryFacts> {
  readonly status?: never;
  readonly so?: Partial<StreamStatus>;
  readonly afterMs?: number;
}

export function glance(
  pushes: ReadonlyArray<Seen | null>,
  { so = {}, afterMs = 0, ...facts }: More = {},
) {
  const status = statusOf(pushes, so);
  return summaryOf(
    { stream: streamOf(pushes), status, wishes: {}, lastHeardAtMs: null, ...facts },
    nowMs + afterMs,
  );
}

export const live: Seen = {};
export const refused: Seen = {
  state: 'needs_attention',
  lastError: {
    code: 'KEY_REJECTED',
    class: 'rejected',
    message: 'The key was refused.',
    remoteWords: null,
    at: at(),
  },
};
export const busyKey: Seen = {
  state: 'needs_attention',
  lastError: { ...refused.lastError!, code: 'KEY_BUSY', message: 'The key is in use.' },
};
export const retrying: Seen = { state: 'retrying' };
export const degraded: Seen = { state: 'degraded' };
export const connecting: Seen = { state: 'connecting' };
export const delayed: Seen = { state: 'awaiting_stream', startsAt: at(9_000) };
export const draining: Seen = { state: 'draining' };
export const waiting: Seen = { state: 'awaiting_stream' };

export const input = (health: InputStatus['health']): InputStatus => ({
  connectedAt: at(),
  protocol: 'rtmp',
  encoder: null,
  kbps: 0,
  video: null,
  audio: null,
  warnings: [],
  health,
});
export const hold = (picture: 'last-picture' | 'slate' | 'keyframe' | 'none') =>
  ({ picture, sound: 'silence', reason: '', since: at() }) as const;
export const graceEndsAt = at(48_000);
export const away = { state: 'grace', hold: hold('last-picture'), graceEndsAt } as const;
export const offline = { state: 'offline', broadcast: null, activeInput: null } as const;
export const frozenAway = { ...away, inputs: { primary: input('frozen'), backup: null } };
export const frozenHere = { inputs: { primary: input('frozen'), backup: null } };
export const frozenThere = { inputs: { primary: input('well'), backup: input('frozen') } };
export const switchedOver = {
  activeInput: 'backup' as const,
  inputs: { primary: input('frozen'), backup: input('well') },
};
export const fight = (ms = 0, broadcastId = 'b1') => ({
  incidents: { broadcastId, items: [{ at: at(ms), code: 'ENCODERS_FIGHT', message: '' }] },
});
export const unheard = { lastHeardAtMs: nowMs - 20_000 };
export const wish = (destinationId: string, enabled: boolean) => ({
  wishes: { [destinationId]: { destinationId, enabled, askedAtMs: nowMs } },
});
