import type {
  Destination,
  IngestStatus,
  LiveEvent,
  PushStatus,
  StatisticsEvent,
  Stream,
  StreamStatus,
} from '#contracts';
import { withIncidents } from './incidents.ts';
import type { Incident, Incidents } from './incidents.ts';
import { withSharedParts } from './shared-parts.ts';
import { withoutAgreed } from './wishes.ts';
import type { Wishes } from './wishes.ts';

/** A stream with what is wanted of it. What is so stands apart, in `statuses`. */
export interface StreamWithDestinations extends Stream {
  readonly destinations: readonly Destination[];
}

/**
 * How the page hears of changes. `lost`: it shows what it last heard, `since` then. `asking`: it
 * is open in too many windows to be told, and asks every few seconds.
 */
export type Link =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | { readonly kind: 'asking' }
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
  /** What was asked for and is not yet so, by destination. */
  readonly wishes: Wishes;
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
  wishes: {},
};

export function withLink(state: LiveState, link: Link): LiveState {
  // A second loss keeps the time of the first: that is how old the picture is.
  if (link.kind === state.link.kind) return state;
  return { ...state, link };
}

/** What did not change stays the same object, in whatever order it comes. */
export function withStreams(
  state: LiveState,
  streams: readonly StreamWithDestinations[],
): LiveState {
  const held = new Map((state.streams ?? []).map((stream) => [stream.id, stream]));
  const kept = streams.map((stream) => withSharedParts(held.get(stream.id), stream));
  const isSame =
    state.streams?.length === kept.length &&
    kept.every((stream, index) => stream === state.streams?.[index]);
  const wishes = withoutAgreed(state.wishes, streams);
  return { ...state, streams: isSame ? state.streams : kept, wishes, stale: false };
}

/** Takes a status unless a newer one is held: an answer may overtake an event, and the reverse. */
export function withStatus(state: LiveState, status: StreamStatus): LiveState {
  const held = state.statuses[status.streamId];
  if (held !== undefined && Date.parse(held.updatedAt) > Date.parse(status.updatedAt)) return state;
  return {
    ...state,
    stale: state.stale || speaksOfUnknown(state, status),
    statuses: { ...state.statuses, [status.streamId]: withSharedParts(held, status) },
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

/** A link that comes back at once was not lost: browsers and proxies do that all day. */
export const lostShownMs = 2_000;

/** Whether what is shown is old, and since when: by the server's clock, in milliseconds. */
export function lostSince(link: Link, nowMs: number): number | null {
  return link.kind === 'lost' && nowMs - link.since >= lostShownMs ? link.since : null;
}

/**
 * When a stream was last heard of, if what is shown of it is no longer sure; null: it is.
 * @param monotonicMs the page's own clock, by which `heardAtMs` is.
 */
export function lastHeardAt(
  { link, heardAtMs, statuses }: LiveState,
  streamId: string,
  nowMs: number,
  monotonicMs: number,
): number | null {
  const since = lostSince(link, nowMs);
  if (since !== null) return since;
  const state = statuses[streamId]?.state ?? 'offline';
  if (state === 'offline') return null;
  const silence = monotonicMs - (heardAtMs[streamId] ?? 0);
  // In whole seconds: the two clocks do not go exactly alike.
  return silence > silentMs ? Math.round((nowMs - silence) / 1_000) * 1_000 : null;
}

/** Whether something is on, or is played out. Who does not look at it follows it all the same. */
export function somethingIsOn({ statuses }: LiveState): boolean {
  return Object.values(statuses).some(
    ({ state, pushes }) => state !== 'offline' || pushes.some((push) => push.state === 'draining'),
  );
}

export function withEvent(state: LiveState, event: LiveEvent): LiveState {
  switch (event.type) {
    case 'stream.status':
      return withStatus(state, event.status);
    case 'stream.statistics':
      return withFigures(state, event);
    case 'stream.changed':
      return event.what === 'removed'
        ? withoutStream(state, event.streamId)
        : { ...state, stale: true };
    case 'incident':
      return withHistory(state, event.streamId, event.broadcastId, [event]);
  }
}

function withoutStream(state: LiveState, streamId: string): LiveState {
  const streams = state.streams?.filter(({ id }) => id !== streamId);
  return { ...state, streams };
}

/** The figures of a second. They are no state: streams and pushes that send nothing stay as is. */
function withFigures(state: LiveState, event: StatisticsEvent): LiveState {
  const { streamId } = event;
  const held = state.statuses[streamId];
  if (held === undefined) return state;
  const figures = new Map(event.pushes.map((push) => [push.destinationId, push]));
  const status: StreamStatus = {
    ...held,
    ingest: held.ingest && withIngest(held.ingest, event),
    inputs: withActive(held, event),
    pushes: held.pushes.map((push) => withPush(push, figures.get(push.destinationId))),
  };
  const statuses = { ...state.statuses, [streamId]: withSharedParts(held, status) };
  return { ...state, statuses };
}

/** The active input is what `ingest` is, with its health. */
function withActive(
  { inputs, activeInput }: StreamStatus,
  event: StatisticsEvent,
): StreamStatus['inputs'] {
  const active = activeInput === null ? null : inputs[activeInput];
  if (activeInput === null || active === null) return inputs;
  return { ...inputs, [activeInput]: withIngest(active, event) };
}

function withIngest<Input extends IngestStatus>(held: Input, event: StatisticsEvent): Input {
  const { ingestKbps: kbps, ingest } = event;
  // A relay of an earlier version tells no more than this.
  if (ingest === null || ingest === undefined) return { ...held, kbps };
  const { videoKbps, audioKbps, framesPerSecond, keyframeIntervalMs, ...counted } = ingest;
  const { video, audio } = held;
  return {
    ...held,
    ...counted,
    video: video && {
      ...video,
      framesPerSecond: framesPerSecond ?? video.framesPerSecond,
      kbps: videoKbps ?? video.kbps,
      keyframeIntervalMs: keyframeIntervalMs ?? video.keyframeIntervalMs,
    },
    audio: audio && { ...audio, kbps: audioKbps ?? audio.kbps },
  };
}

function withPush(held: PushStatus, figures: StatisticsEvent['pushes'][number] | undefined) {
  if (figures === undefined) return held;
  const { bytesWritten, bytesAcked, lastProgressAt, ...rest } = figures;
  const { evidence } = held;
  return {
    ...held,
    ...rest,
    evidence: {
      ...evidence,
      bytesWritten: bytesWritten ?? evidence.bytesWritten,
      bytesAcked: bytesAcked ?? evidence.bytesAcked,
      lastProgressAt: lastProgressAt ?? evidence.lastProgressAt,
    },
  };
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

/** What is so of one destination. */
export type PushView = Omit<PushStatus, 'destinationId'>;

/** A destination that no relay has spoken of is not drawn again at each word of another. */
const unspoken = new WeakMap<Known, PushView>();

type Known = Pick<Destination, 'id' | 'enabled' | 'updatedAt' | 'delaySeconds'>;

/** What is so of one destination; until the relay has spoken of it, what follows from the wish. */
export function pushOf(destination: Known, status: StreamStatus | undefined): PushView {
  const push = status?.pushes.find(({ destinationId }) => destinationId === destination.id);
  if (push !== undefined) return push;
  const held = unspoken.get(destination) ?? unspokenOf(destination);
  unspoken.set(destination, held);
  return held;
}

function unspokenOf(destination: Known): PushView {
  return {
    enabled: destination.enabled,
    state: destination.enabled ? 'awaiting_stream' : 'stopped',
    since: destination.updatedAt,
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
    delayWantedMs: destination.delaySeconds * 1_000,
    startsAt: null,
    drainingUntil: null,
    droppedFrames: 0,
    target: 'main',
    attempt: 0,
    warnings: [],
  };
}
