import type { PushState } from '#contracts';
import type { IconName } from '../../components/icon.tsx';

export type Tone = 'quiet' | 'busy' | 'good' | 'fair' | 'bad';

/** How a state looks: word, icon and tone together, so that none of them has to be guessed. */
export interface PushLook {
  readonly word: string;
  readonly icon: IconName;
  readonly tone: Tone;
}

export const pushLooks: Readonly<Record<PushState, PushLook>> = {
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
export const delayedStart: PushLook = { word: 'Delayed start', icon: 'await', tone: 'quiet' };
