import type { PushState } from '#contracts';
import type { PushView } from './live-state.ts';

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
  needs_attention: { word: 'Needs attention', icon: 'attention', tone: 'bad' },
  stopped: { word: 'Stopped', icon: 'stopped', tone: 'quiet' },
};

/** It is dialled when there is as much of the stream as its delay asks for. */
const delayedStart: Look = { word: 'Delayed start', icon: 'await', tone: 'quiet' };

/** It goes on trying, but somebody should have a look at the platform. */
const stillRetrying: Look = { word: 'Still reconnecting', icon: 'retry', tone: 'fair' };

/** A push that has been away for longer is said to be so. */
export const longAwayMs = 600_000;

export function pushLook(
  { state, since, startsAt }: Pick<PushView, 'state' | 'since' | 'startsAt'>,
  nowMs: number,
): Look {
  if (startsAt !== null) return delayedStart;
  const isLongAway = state === 'retrying' && nowMs - Date.parse(since) > longAwayMs;
  return isLongAway ? stillRetrying : pushLooks[state];
}
