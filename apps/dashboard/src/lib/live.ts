import type { Destination, StreamStatus } from '#contracts';
import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import { lastHeardAt, pushOf } from './live-state.ts';
import type { Link, LiveState, PushView, StreamWithDestinations } from './live-state.ts';
import { serverNow } from './server-clock.ts';
import { withSharedParts } from './shared-parts.ts';
import { useStore } from './store.ts';
import type { Store } from './store.ts';
import type { StreamSamples } from './stream-samples.ts';
import { summaryOf, worstOf } from './summary.ts';
import type { Summary } from './summary.ts';
import { onEachSecond } from './use-now.ts';
import { wantedOf } from './wishes.ts';
import type { Wanted } from './wishes.ts';

/** What is so, as it happens, and how to ask for the lists again after a change of one's own. */
export interface Live {
  readonly store: Store<LiveState>;
  readonly refresh: () => Promise<void>;
  readonly samples: StreamSamples;
}

export const LiveContext = createContext<Live | undefined>(undefined);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === undefined) throw new Error('useLive is for what stands inside the shell');
  return live;
}

/** A part of what is so. `select` must give the same object for the same state. */
function useLivePart<Part>(select: (state: LiveState) => Part): Part {
  return useStore(useLive().store, select);
}

/** All streams with what is wanted of them; undefined until they were loaded. */
export function useStreams(): readonly StreamWithDestinations[] | undefined {
  return useLivePart(({ streams }) => streams);
}

/** One stream with what is wanted of it. Not drawn again by what happens in a broadcast. */
export function useWantedStream(streamId: string): StreamWithDestinations | undefined {
  return useLivePart(({ streams }) => streams?.find(({ id }) => id === streamId));
}

/** What is so of one stream, with its figures: while it is on, another each second. */
export function useStatus(streamId: string): StreamStatus | undefined {
  return useLivePart(({ statuses }) => statuses[streamId]);
}

/** Whether a broadcast is under way: what is added to it goes live at once. */
export function useIsOnAir(streamId: string): boolean {
  return useLivePart(({ statuses }) => (statuses[streamId]?.broadcast ?? null) !== null);
}

export interface StreamView {
  readonly stream: StreamWithDestinations;
  readonly status: StreamStatus | undefined;
}

/** One stream as a whole. What needs less of it is drawn less often with the parts above. */
export function useStream(streamId: string): StreamView | undefined {
  const stream = useWantedStream(streamId);
  const status = useStatus(streamId);
  return useMemo(() => stream && { stream, status }, [stream, status]);
}

const noPush = pushOf(
  { id: '', enabled: false, updatedAt: new Date(0).toISOString(), delaySeconds: 0 },
  undefined,
);

/** What is so of one destination. Drawn again when it changes, and by no other. */
export function usePush(streamId: string, destinationId: string): PushView {
  return useLivePart(({ streams, statuses }) => {
    const stream = streams?.find(({ id }) => id === streamId);
    const destination = stream?.destinations.find(({ id }) => id === destinationId);
    return destination === undefined ? noPush : pushOf(destination, statuses[streamId]);
  });
}

/** What is wanted of one destination, with what was just asked. */
export function useWanted(destination: Pick<Destination, 'id' | 'enabled'>): Wanted {
  return useLivePart(({ wishes }) => wantedOf(destination, wishes, serverNow()));
}

export function useLink(): Link {
  return useLivePart(({ link }) => link);
}

/** How a stream does, in one glance. Drawn again when that changes, not with its figures. */
export function useSummary(streamId: string): Summary | undefined {
  return useSecondlyPart(
    useCallback(
      (state) => {
        const stream = state.streams?.find(({ id }) => id === streamId);
        return stream && summaryIn(state, stream);
      },
      [streamId],
    ),
  );
}

export interface StreamSummary {
  readonly stream: StreamWithDestinations;
  readonly summary: Summary;
}

/** The stream that most wants to be looked at. */
export function useWorst(): StreamSummary | undefined {
  return useSecondlyPart(worstIn);
}

function worstIn(state: LiveState): StreamSummary | undefined {
  const all = (state.streams ?? []).map((stream) => ({
    stream,
    summary: summaryIn(state, stream),
  }));
  const worst = worstOf(all.map(({ summary }) => summary));
  return all.find(({ summary }) => summary === worst);
}

/** By what a summary was made: another stream's news are none of its own. */
interface Told {
  readonly by: readonly unknown[];
  readonly summary: Summary;
}
const told = new WeakMap<StreamWithDestinations, Told>();

function summaryIn(state: LiveState, stream: StreamWithDestinations): Summary {
  const { id } = stream;
  const { wishes } = state;
  const nowMs = serverNow();
  const status = state.statuses[id];
  const incidents = state.incidents[id];
  const lastHeardAtMs = lastHeardAt(state, id, nowMs, performance.now());
  const by = [status, wishes, incidents, lastHeardAtMs, Math.floor(nowMs / 1_000)];
  const held = told.get(stream);
  if (held !== undefined && by.every((part, index) => part === held.by[index])) {
    return held.summary;
  }
  const summary = summaryOf({ stream, status, wishes, incidents, lastHeardAtMs }, nowMs);
  told.set(stream, { by, summary });
  return summary;
}

/**
 * A part that may change with time alone; looked at each second, drawn again when it says
 * something else.
 * @param read stays the same function for as long as it asks for the same thing.
 */
function useSecondlyPart<Part>(read: (state: LiveState) => Part): Part {
  const { store } = useLive();
  const snapshot = useMemo(() => steadyReader(store, read), [store, read]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = [store.subscribe(listener), onEachSecond(listener)];
      return () => {
        for (const end of ends) end();
      };
    },
    [store],
  );
  return useSyncExternalStore(subscribe, snapshot);
}

/** Gives the same object until it says something else. */
function steadyReader<Part>(store: Store<LiveState>, read: (state: LiveState) => Part): () => Part {
  let held: Part | undefined;
  return () => {
    held = withSharedParts(held, read(store.get()));
    return held;
  };
}
