import { assert, unreachable } from '#kernel';

/**
 * Whether a stream is live, and whose media it takes.
 *
 *     idle ──accept──▶ live ──ingest lost──▶ grace ──expired──▶ idle
 *                       ▲ └──── end now ─────┼──── end now ───────▲
 *                       └────── accept ──────┘
 */
export type BroadcastState =
  | { readonly phase: 'idle'; readonly graceMs: number }
  | {
      readonly phase: 'live';
      readonly graceMs: number;
      readonly ingestId: string;
      readonly acceptedAtMs: number;
    }
  | { readonly phase: 'grace'; readonly graceMs: number; readonly sinceMs: number };

export type BroadcastEvent =
  /**
   * An authorised encoder wants to publish. `silentMs`: since the present ingest last sent media.
   */
  | { readonly kind: 'publish-requested'; readonly ingestId: string; readonly silentMs: number }
  /**
   * Its connection is gone, or it unpublished: encoders do both when they blink, so neither is an
   * end.
   */
  | { readonly kind: 'ingest-lost'; readonly ingestId: string }
  | { readonly kind: 'end-now' }
  | { readonly kind: 'grace-changed'; readonly graceSeconds: number }
  /** The one timer of this stream is due; may come early or late. */
  | { readonly kind: 'timer' };

export type BroadcastEndReason = 'end-now' | 'grace-expired';

/** What the shell is to do, in this order. */
export type BroadcastEffect =
  /** Close this ingest with a reset; its `ingest-lost` may still come and changes nothing. */
  | { readonly kind: 'cut-ingest'; readonly ingestId: string }
  | { readonly kind: 'accept-ingest'; readonly ingestId: string; readonly takesOver: boolean }
  /** Answer NetStream.Publish.BadName, then close. */
  | { readonly kind: 'refuse-ingest'; readonly ingestId: string; readonly reason: 'busy' }
  | { readonly kind: 'start-broadcast' }
  | { readonly kind: 'end-broadcast'; readonly reason: BroadcastEndReason }
  /** Replaces the timer that was set before. */
  | { readonly kind: 'set-timer'; readonly atMs: number }
  | { readonly kind: 'clear-timer' }
  | { readonly kind: 'announce'; readonly from: BroadcastPhase; readonly to: BroadcastPhase };

export type BroadcastPhase = BroadcastState['phase'];

export interface BroadcastStep {
  readonly state: BroadcastState;
  readonly effects: readonly BroadcastEffect[];
}

export const GRACE_SECONDS_DEFAULT = 60;
export const GRACE_SECONDS_MAX = 1_800;
/** An ingest that has sent nothing for this long gives way to a newcomer with the same key. */
export const TAKEOVER_SILENT_MS = 2_000;
/** Two encoders with one key may not throw each other out faster than this. */
export const TAKEOVER_APART_MS = 2_000;

export function newBroadcast(graceSeconds: number = GRACE_SECONDS_DEFAULT): BroadcastState {
  return { phase: 'idle', graceMs: graceMsOf(graceSeconds) };
}

/** The life of one stream. At most one ingest is accepted at any time. */
export function stepBroadcast(
  state: BroadcastState,
  event: BroadcastEvent,
  nowMs: number,
): BroadcastStep {
  switch (event.kind) {
    case 'publish-requested':
      return requestPublish(state, event, nowMs);
    case 'ingest-lost':
      if (state.phase !== 'live' || state.ingestId !== event.ingestId) return stay(state);
      return loseIngest(state, nowMs);
    case 'end-now':
      return endNow(state);
    case 'grace-changed':
      return changeGrace(state, graceMsOf(event.graceSeconds), nowMs);
    case 'timer':
      return expireGrace(state, nowMs);
    default:
      return unreachable(event);
  }
}

function requestPublish(
  state: BroadcastState,
  { ingestId, silentMs }: { readonly ingestId: string; readonly silentMs: number },
  nowMs: number,
): BroadcastStep {
  const { graceMs } = state;
  const live: BroadcastState = { phase: 'live', graceMs, ingestId, acceptedAtMs: nowMs };
  switch (state.phase) {
    case 'idle':
      return to(state, live, [
        { kind: 'start-broadcast' },
        { kind: 'accept-ingest', ingestId, takesOver: false },
      ]);
    case 'grace':
      return to(state, live, [
        { kind: 'accept-ingest', ingestId, takesOver: false },
        { kind: 'clear-timer' },
      ]);
    case 'live': {
      assert(state.ingestId !== ingestId, 'an ingest asks to publish once');
      const givesWay =
        silentMs >= TAKEOVER_SILENT_MS && nowMs - state.acceptedAtMs >= TAKEOVER_APART_MS;
      if (!givesWay) {
        return { state, effects: [{ kind: 'refuse-ingest', ingestId, reason: 'busy' }] };
      }
      return to(state, live, [
        { kind: 'cut-ingest', ingestId: state.ingestId },
        { kind: 'accept-ingest', ingestId, takesOver: true },
      ]);
    }
    default:
      return unreachable(state);
  }
}

/** The broadcast goes on for the grace period; with none, it ends at once. */
function loseIngest(state: BroadcastState, nowMs: number): BroadcastStep {
  const { graceMs } = state;
  if (graceMs === 0) {
    return to(state, { phase: 'idle', graceMs }, [
      { kind: 'end-broadcast', reason: 'grace-expired' },
    ]);
  }
  return to(state, { phase: 'grace', graceMs, sinceMs: nowMs }, [
    { kind: 'set-timer', atMs: nowMs + graceMs },
  ]);
}

function endNow(state: BroadcastState): BroadcastStep {
  const { graceMs } = state;
  const end: BroadcastEffect = { kind: 'end-broadcast', reason: 'end-now' };
  switch (state.phase) {
    case 'idle':
      return stay(state);
    case 'grace':
      return to(state, { phase: 'idle', graceMs }, [end, { kind: 'clear-timer' }]);
    case 'live':
      return to(state, { phase: 'idle', graceMs }, [
        { kind: 'cut-ingest', ingestId: state.ingestId },
        end,
      ]);
    default:
      return unreachable(state);
  }
}

function changeGrace(state: BroadcastState, graceMs: number, nowMs: number): BroadcastStep {
  const changed = { ...state, graceMs };
  if (changed.phase !== 'grace') return stay(changed);
  if (nowMs >= changed.sinceMs + graceMs) return expireGrace(changed, nowMs);
  return { state: changed, effects: [{ kind: 'set-timer', atMs: changed.sinceMs + graceMs }] };
}

/** A timer that comes early is set again: otherwise nothing would ever end this grace period. */
function expireGrace(state: BroadcastState, nowMs: number): BroadcastStep {
  if (state.phase !== 'grace') return stay(state);
  const atMs = state.sinceMs + state.graceMs;
  if (nowMs < atMs) return { state, effects: [{ kind: 'set-timer', atMs }] };
  return to(state, { phase: 'idle', graceMs: state.graceMs }, [
    { kind: 'end-broadcast', reason: 'grace-expired' },
    { kind: 'clear-timer' },
  ]);
}

function stay(state: BroadcastState): BroadcastStep {
  return { state, effects: [] };
}

const NEXT: Readonly<Record<BroadcastPhase, ReadonlySet<BroadcastPhase>>> = {
  idle: new Set(['live']),
  live: new Set(['live', 'grace', 'idle']),
  grace: new Set(['live', 'idle']),
};

/** The one place where the phase changes. */
function to(
  before: BroadcastState,
  state: BroadcastState,
  effects: readonly BroadcastEffect[],
): BroadcastStep {
  const { phase: from } = before;
  assert(NEXT[from].has(state.phase), `a broadcast goes from ${from} to ${state.phase}`);
  return { state, effects: [...effects, { kind: 'announce', from, to: state.phase }] };
}

function graceMsOf(graceSeconds: number): number {
  assert(
    graceSeconds >= 0 && graceSeconds <= GRACE_SECONDS_MAX,
    `the grace period is between 0 and ${GRACE_SECONDS_MAX} seconds`,
  );
  return graceSeconds * 1_000;
}
