import type { PushState, StreamStatus } from '#contracts';
import { pushOf } from '../../lib/live-state.ts';
import type { StreamWithDestinations } from '../../lib/live-state.ts';

/** In the order in which a stream is set up. */
export const steps = ['name', 'encoder', 'destinations', 'live'] as const;
export type Step = (typeof steps)[number];

/** What is so, as far as it decides what comes next. */
export interface Facts {
  readonly hasStream: boolean;
  /** Something arrives from it. */
  readonly encoderIsOn: boolean;
  readonly destinations: number;
  /** The state of each destination that is wanted. */
  readonly wanted: readonly PushState[];
}

export function factsOf(
  stream: StreamWithDestinations | undefined,
  status: StreamStatus | undefined,
): Facts {
  const destinations = stream?.destinations ?? [];
  return {
    hasStream: stream !== undefined,
    encoderIsOn: (status?.ingest ?? null) !== null,
    destinations: destinations.length,
    wanted: destinations
      .filter(({ enabled }) => enabled)
      .map((destination) => pushOf(destination, status).state),
  };
}

/**
 * What is shown. Nothing of it is remembered: who leaves and comes back finds the first thing that
 * is not so yet. `chosen`: where the person has gone since; it holds as soon as there is a stream.
 */
export function stepOf({ hasStream, encoderIsOn, destinations }: Facts, chosen?: Step): Step {
  if (!hasStream) return 'name';
  if (chosen !== undefined && chosen !== 'name') return chosen;
  if (destinations > 0) return 'live';
  return encoderIsOn ? 'destinations' : 'encoder';
}

export function isDone(step: Step, facts: Facts): boolean {
  switch (step) {
    case 'name':
      return facts.hasStream;
    case 'encoder':
      return facts.encoderIsOn;
    case 'destinations':
      return facts.destinations > 0;
    case 'live':
      return facts.wanted.length > 0 && liveOf(facts) === facts.wanted.length;
  }
}

/** What one waits for in the last step, in one sentence. */
export function liveWords(facts: Facts): string {
  const { length } = facts.wanted;
  if (length === 0) return 'No destination is on: nothing leaves Forkcast.';
  if (!facts.encoderIsOn) return 'Waiting for your encoder…';
  if (!isDone('live', facts)) return `${liveOf(facts)} of ${length} live`;
  return `You are live on ${length} ${length === 1 ? 'platform' : 'platforms'}`;
}

function liveOf({ wanted }: Facts): number {
  return wanted.filter((state) => state === 'live' || state === 'degraded').length;
}
