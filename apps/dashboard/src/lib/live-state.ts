import type { Destination, LiveEvent, PushStatus, Stream, StreamStatus } from '#contracts';
import { withIncidents } from './incidents.ts';
import type { Incident, Incidents } from './incidents.ts';

/** A stream with what is wanted of it. What is so stands apart, in `statuses`. */
export interface StreamWithDestinations extends Stream {
  readonly destinations: readonly Destination[];
}

/** How the page hears of changes. `lost`: it shows what it last heard, `since` then. */
export type Link =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | { readonly kind: 'lost'; readonly since: number };

/** All that the page shows. Held outside React; every change makes a new one. */
export interface LiveState {
  readonly link: Link;
  /** Undefined until they were first loaded. */
  readonly streams: readonly StreamWithDestinations[] | undefined;
  readonly statuses: Readonly<Record<string, StreamStatus>>;
  /** Of each stream's newest broadcast. */
  readonly incidents: Readonly<Record<string, Incidents>>;
  /** When each stream was last heard of, by this page's own clock. */
  readonly heardAtMs: Readonly<Record<string, number>>;
  /** An event spoke of something this page has not loaded: load the lists again. */
  readonly stale: boolean;
}

/** A stream that is on is heard of every few seconds. */
const silentMs = 15_000;

export const initialState: LiveState = {
  link: { kind: 'connecting' },
  streams: undefined,
  statuses: {},
  incidents: {},
  heardAtMs: {},
  stale: false,
};

export function withLink(state: LiveState, link: Link): LiveState {
  // A second loss keeps the time of the first: that is how old the picture is.
  if (link.kind === 'lost' && state.link.kind === 'lost') return state;
  return { ...state, link };
}

export function withStreams(
  state: LiveState,
  streams: readonly StreamWithDestinations[],
): LiveState {
  return { ...state, streams, stale: false };
}

/** Takes a status unless a newer one is held: an answer may overtake an event, and the reverse. */
export function withStatus(state: LiveState, status: StreamStatus): LiveState {
  const held = state.statuses[status.streamId];
  if (held !== undefined && Date.parse(held.updatedAt) > Date.parse(status.updatedAt)) return state;
  return {
    ...state,
    stale: state.stale || speaksOfUnknown(state, status),
    statuses: { ...state.statuses, [status.streamId]: status },
  };
}

export function withHeard(state: LiveState, streamId: string, nowMs: number): LiveState {
  return { ...state, heardAtMs: { ...state.heardAtMs, [streamId]: nowMs } };
}

/**
 * Whether a stream that is on was not heard of for too long. A relay that died says nothing: its
 * last word would stand for ever.
 */
export function someoneIsSilent(state: LiveState, nowMs: number): boolean {
  return Object.values(state.statuses).some(
    (status) =>
      status.state !== 'offline' && nowMs - (state.heardAtMs[status.streamId] ?? 0) > silentMs,
  );
}

export function withEvent(state: LiveState, event: LiveEvent): LiveState {
  switch (event.type) {
    case 'stream.status':
      return withStatus(state, event.status);
    case 'stream.statistics': {
      const held = state.statuses[event.streamId];
      if (held === undefined) return state;
      const figures = new Map(event.pushes.map((push) => [push.destinationId, push]));
      const status: StreamStatus = {
        ...held,
        ingest: held.ingest && { ...held.ingest, kbps: event.ingestKbps },
        inputs: withRate(held, event.ingestKbps),
        pushes: held.pushes.map((push) => ({ ...push, ...figures.get(push.destinationId) })),
      };
      return { ...state, statuses: { ...state.statuses, [event.streamId]: status } };
    }
    case 'incident':
      return withHistory(state, event.streamId, event.broadcastId, [event]);
  }
}

/** The active input is what `ingest` is, with its health. */
function withRate({ inputs, activeInput }: StreamStatus, kbps: number): StreamStatus['inputs'] {
  const active = activeInput === null ? null : inputs[activeInput];
  return activeInput === null || active === null
    ? inputs
    : { ...inputs, [activeInput]: { ...active, kbps } };
}

/** Adds what happened in a broadcast, whether it was just heard or read from its history. */
export function withHistory(
  state: LiveState,
  streamId: string,
  broadcastId: string,
  news: readonly Incident[],
): LiveState {
  const held = withIncidents(state.incidents[streamId], broadcastId, news);
  if (held === state.incidents[streamId]) return state;
  return { ...state, incidents: { ...state.incidents, [streamId]: held } };
}

function speaksOfUnknown(state: LiveState, status: StreamStatus): boolean {
  if (state.streams === undefined) return false;
  const stream = state.streams.find(({ id }) => id === status.streamId);
  if (stream === undefined) return true;
  const known = new Set(stream.destinations.map(({ id }) => id));
  return status.pushes.some(({ destinationId }) => !known.has(destinationId));
}

/** The part of a push's status that a row shows. */
export type PushView = Pick<
  PushStatus,
  | 'state'
  | 'since'
  | 'nextRetryAt'
  | 'lastError'
  | 'kbps'
  | 'lagMs'
  | 'delayMs'
  | 'delayWantedMs'
  | 'startsAt'
  | 'drainingUntil'
  | 'target'
  | 'attempt'
  | 'warnings'
>;

/** What is so of one destination; until the relay has spoken of it, what follows from the wish. */
export function pushOf(destination: Destination, status: StreamStatus | undefined): PushView {
  const push = status?.pushes.find(({ destinationId }) => destinationId === destination.id);
  return (
    push ?? {
      state: destination.enabled ? 'awaiting_stream' : 'stopped',
      since: destination.updatedAt,
      nextRetryAt: null,
      lastError: null,
      kbps: 0,
      lagMs: 0,
      delayMs: 0,
      delayWantedMs: destination.delaySeconds * 1_000,
      startsAt: null,
      drainingUntil: null,
      target: 'main',
      attempt: 0,
      warnings: [],
    }
  );
}
