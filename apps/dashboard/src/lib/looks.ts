import type { PushState } from '#contracts';
import type { PushView } from './live-state.ts';
import { countdown, duration } from './words.ts';

/**
 * `bad`: viewers miss it, and only a person can mend it. What mends itself is `fair` at worst: who
 * sees red for each reconnect ends a broadcast that would have gone on.
 */
export type Tone = 'quiet' | 'busy' | 'good' | 'fair' | 'bad';

/** How a state looks: word, icon and tone together, so that none of them has to be guessed. */
export interface Look {
  readonly word: string;
  readonly icon: 'await' | 'busy' | 'live' | 'slow' | 'retry' | 'attention' | 'stopped';
  readonly tone: Tone;
}

const pushLooks: Readonly<Record<PushState, Look>> = {
  awaiting_stream: { word: 'Awaiting stream', icon: 'await', tone: 'quiet' },
  connecting: { word: 'Connecting', icon: 'busy', tone: 'busy' },
  live: { word: 'Live', icon: 'live', tone: 'good' },
  degraded: { word: 'Falling behind', icon: 'slow', tone: 'fair' },
  draining: { word: 'Finishing', icon: 'live', tone: 'quiet' },
  retrying: { word: 'Reconnecting', icon: 'retry', tone: 'fair' },
  needs_attention: { word: 'Needs you', icon: 'attention', tone: 'bad' },
  stopped: { word: 'Off', icon: 'stopped', tone: 'quiet' },
};

/** It is dialled when there is as much of the stream as its delay asks for. */
const delayedStart: Look = { word: 'Delayed start', icon: 'await', tone: 'quiet' };

/** It goes on trying, but somebody should have a look at the platform. */
const stillRetrying: Look = { word: 'Still reconnecting', icon: 'retry', tone: 'fair' };

/** It is connected, and a picture can begin with a keyframe alone. */
const awaitingKeyframe: Look = { word: 'Waiting for a keyframe', icon: 'await', tone: 'busy' };

/** A push that has been away for longer is said to be so. */
export const longAwayMs = 600_000;

type Seen = Pick<PushView, 'state' | 'since' | 'startsAt' | 'waitingForKeyframe'>;

const waits = ({ state, waitingForKeyframe }: Seen): boolean =>
  state === 'live' && waitingForKeyframe === true;

export function isLongAway({ state, since }: Seen, nowMs: number): boolean {
  return state === 'retrying' && nowMs - Date.parse(since) > longAwayMs;
}

export function pushLook(push: Seen, nowMs: number): Look {
  if (push.startsAt !== null) return delayedStart;
  if (waits(push)) return awaitingKeyframe;
  return isLongAway(push, nowMs) ? stillRetrying : pushLooks[push.state];
}

/** What was asked for and is not yet so looks as what it comes from, but under way. */
export function askedLook(push: Seen, wanted: Asked, nowMs: number): Look {
  const look = pushLook(push, nowMs);
  if (!wanted.pending) return look;
  return { ...look, word: wanted.enabled ? 'Starting…' : 'Stopping…', icon: 'busy' };
}

/** As `wantedOf` says it. */
interface Asked {
  readonly enabled: boolean;
  readonly pending: boolean;
}

/** What stands below the word: since when, until when, and whether somebody has to do something. */
export function pushLine(push: PushView, nowMs: number): string {
  const left = (at: string): string => countdown(Date.parse(at) - nowMs);
  const lasted = duration(nowMs - Date.parse(push.since));
  if (push.drainingUntil !== null) return `ends ${left(push.drainingUntil)} at most`;
  if (push.startsAt !== null) return `starts ${left(push.startsAt)}`;
  if (waits(push)) return 'connected; it begins with the encoder’s next one';
  switch (push.state) {
    case 'awaiting_stream':
      return 'starts by itself when your encoder is on';
    case 'connecting':
    case 'live':
    case 'draining':
      return `for ${lasted}`;
    case 'degraded': {
      const { droppedFrames } = push;
      const skipped = droppedFrames === 1 ? '1 frame' : `${droppedFrames} frames`;
      return `catches up by itself${droppedFrames > 0 ? `; ${skipped} skipped` : ''}`;
    }
    case 'retrying': {
      if (isLongAway(push, nowMs)) {
        return `for ${lasted}. It goes on trying; have a look at the platform`;
      }
      const next = push.nextRetryAt === null ? '' : `next try ${left(push.nextRetryAt)} · `;
      return `${next}try ${push.attempt} · no action needed`;
    }
    case 'needs_attention':
      return push.lastError?.message ?? 'Look at its settings, then try again.';
    case 'stopped':
      return '';
  }
}

/** The one thing that a person can do about a push that needs somebody. */
export type Lead = 'edit-key' | 'edit-server' | 'retry';

const keyCodes: ReadonlySet<string> = new Set([
  'KEY_REJECTED',
  'KEY_UNREADABLE',
  'CLOSED_BEFORE_PUBLISH',
]);
const serverCodes: ReadonlySet<string> = new Set([
  'URL_INVALID',
  'ADDRESS_FORBIDDEN',
  'HANDSHAKE_INVALID',
  'CONNECT_REJECTED',
  'TLS_CERTIFICATE',
  'TLS_PIN_MISMATCH',
]);

export const leadWords: Readonly<Record<Lead, string>> = {
  'edit-key': 'Edit key',
  'edit-server': 'Edit server',
  retry: 'Retry now',
};

/** Undefined: there is nothing that has to be done, or could be. */
export function leadOf(push: Pick<PushView, 'state' | 'lastError'>): Lead | undefined {
  if (push.state === 'retrying') return 'retry';
  if (push.state !== 'needs_attention') return undefined;
  const code = push.lastError?.code ?? '';
  if (keyCodes.has(code)) return 'edit-key';
  return serverCodes.has(code) ? 'edit-server' : 'retry';
}
