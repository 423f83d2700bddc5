import { assert, unreachable } from '#kernel';
import type { Random } from '#kernel';

import type { FailureCode } from './failure.ts';
import { recordFailure } from './push-failure.ts';
import { FIRST_TARGET, GHOST_MS } from './push-state.ts';
import type {
  Attempt,
  AttemptProgress,
  EndMode,
  PushPhase,
  PushState,
  PushTarget,
  PushTerms,
} from './push-state.ts';

/**
 * What happens to a push. Events that name an attempt which is no longer the present one change
 * nothing.
 */
export type PushEvent =
  /** The owner wants this destination on or off. */
  | { readonly kind: 'wanted'; readonly wanted: boolean }
  /** What else the owner has set; before anything else, and whenever it changes. */
  | { readonly kind: 'terms'; readonly terms: PushTerms }
  /** Not wanted any more, nor what it has not been sent yet. */
  | { readonly kind: 'cut' }
  /** The URL or the key was edited: what is under way is not what is wanted any more. */
  | { readonly kind: 'settings-changed' }
  | { readonly kind: 'retry-now' }
  /** There is media to send. */
  | { readonly kind: 'broadcast-available' }
  /**
   * The media is gone though nobody ended the broadcast (a lane died): the platform must not hear
   * of an end.
   */
  | { readonly kind: 'broadcast-lost' }
  /** The broadcast is over: by "end now", or the grace period has passed. It is played out. */
  | { readonly kind: 'broadcast-ended' }
  /**
   * The same, at once: what is buffered is not played out, nor is what drains already. Goodbyes
   * that take longer than so long become resets.
   */
  | { readonly kind: 'broadcast-cut'; readonly withinMs: number }
  /** The connect gate let the attempt through. */
  | { readonly kind: 'dialling'; readonly attemptId: number }
  | { readonly kind: 'tcp'; readonly attemptId: number }
  | { readonly kind: 'tls'; readonly attemptId: number }
  | { readonly kind: 'publishAccepted'; readonly attemptId: number }
  /** How far behind the encoder it plays, its delay included. */
  | { readonly kind: 'behind'; readonly attemptId: number; readonly behindMs: number }
  | { readonly kind: 'degraded'; readonly attemptId: number }
  | { readonly kind: 'recovered'; readonly attemptId: number }
  /** The connection is gone, its socket destroyed. Null when it ended because it was told to. */
  | { readonly kind: 'ended'; readonly attemptId: number; readonly failure: FailureCode | null }
  /** The one timer of this push is due; may come early or late. */
  | { readonly kind: 'timer' };

/** What the shell is to do, in this order. */
export type PushEffect =
  | {
      readonly kind: 'start-attempt';
      readonly attemptId: number;
      readonly target: PushTarget;
    }
  /**
   * `drain`: what is buffered, then as `deliberate`: FCUnpublish, deleteStream, then close;
   * `abort`: reset. May come again, with another mode; answered by `ended`.
   */
  | { readonly kind: 'end-attempt'; readonly attemptId: number; readonly mode: EndMode }
  /** Replaces the timer that was set before. */
  | { readonly kind: 'set-timer'; readonly atMs: number }
  | { readonly kind: 'clear-timer' }
  | { readonly kind: 'announce'; readonly from: PushPhase; readonly to: PushPhase };

export interface PushStep {
  readonly state: PushState;
  readonly effects: readonly PushEffect[];
}

/**
 * From leaving the gate to Publish.Start: what each step may take until its own deadline (10 s name
 * and TCP, 5 s TLS, 5 s handshake, 10 s connect, 10 s publish), and some air: whoever is too slow
 * is told in which of them.
 */
export const ATTEMPT_MS_MAX = 45_000;
/**
 * How long a clean end may take before it becomes a reset, and a reset before it is asked for
 * again.
 */
export const ENDING_MS_MAX = 5_000;
/** A drain is shown when it plays for longer than people take for "at once". */
export const DRAIN_SHOWN_MS = 1_000;
/** What a lane says of how far behind it plays is believed up to here. */
export const BEHIND_MS_MAX = 900_000;

const HELD = new Set<PushPhase>(['stopped', 'awaiting_stream', 'retrying', 'needs_attention']);
const NEXT: Readonly<Record<PushPhase, ReadonlySet<PushPhase>>> = {
  stopped: new Set(['awaiting_stream', 'connecting', 'retrying', 'needs_attention']),
  awaiting_stream: new Set(['stopped', 'connecting', 'retrying', 'needs_attention']),
  connecting: new Set([...HELD, 'live']),
  live: new Set([...HELD, 'degraded', 'connecting', 'draining']),
  degraded: new Set([...HELD, 'live', 'connecting', 'draining']),
  draining: new Set(['stopped', 'awaiting_stream', 'connecting']),
  retrying: new Set(['stopped', 'awaiting_stream', 'connecting']),
  needs_attention: new Set(['stopped', 'awaiting_stream', 'connecting']),
};

/**
 * The whole life of one push. Keeps at most one attempt alive: a new one starts only after the
 * `ended` event of the one before. Retries for as long as the push is wanted and the broadcast is
 * there.
 */
export function stepPush(
  state: PushState,
  event: PushEvent,
  nowMs: number,
  random: Random,
): PushStep {
  const facts = apply(state, event, nowMs, random);
  const timerWasAtMs = event.kind === 'timer' ? null : timerAtMs(state);
  return settle(state, facts, { nowMs, timerWasAtMs });
}

/** Takes the event into the facts. What follows from the facts is for `settle`. */
function apply(state: PushState, event: PushEvent, nowMs: number, random: Random): PushState {
  switch (event.kind) {
    case 'wanted':
      if (event.wanted === state.wanted) return state;
      return event.wanted
        ? { ...state, wanted: true }
        : endBecause(forgetFailures({ ...state, wanted: false }), 'drain', nowMs);
    case 'terms':
      return withTerms(state, event.terms);
    case 'cut':
      return endBecause(forgetFailures({ ...state, wanted: false }), 'deliberate', nowMs);
    case 'settings-changed':
      return endBecause(forgetFailures({ ...state, ghostUntilMs: nowMs }), 'deliberate', nowMs);
    case 'retry-now':
      return { ...state, retry: null };
    case 'broadcast-available':
      return { ...state, broadcastAvailable: true };
    case 'broadcast-lost':
      return endBecause({ ...state, broadcastAvailable: false }, 'abort', nowMs);
    case 'broadcast-ended':
      return endBecause(forgetFailures({ ...state, broadcastAvailable: false }), 'drain', nowMs);
    case 'broadcast-cut': {
      const over = forgetFailures({ ...state, broadcastAvailable: false });
      return hurry(endBecause(over, 'deliberate', nowMs), nowMs + event.withinMs);
    }
    case 'timer':
      return applyTimer(state, nowMs);
    case 'dialling':
    case 'tcp':
    case 'tls':
    case 'publishAccepted':
    case 'behind':
    case 'degraded':
    case 'recovered':
    case 'ended':
      return state.attempt?.id === event.attemptId
        ? applyToAttempt(state, state.attempt, { event, nowMs, random })
        : state;
    default:
      return unreachable(event);
  }
}

type AttemptEvent = Extract<PushEvent, { readonly attemptId: number }>;

function applyToAttempt(
  state: PushState,
  attempt: Attempt,
  context: { readonly event: AttemptEvent; readonly nowMs: number; readonly random: Random },
): PushState {
  const { event, nowMs, random } = context;
  const { progress, evidence } = attempt;
  switch (event.kind) {
    case 'dialling':
      if (progress.step !== 'queued') return state;
      return withProgress(state, attempt, {
        step: 'connecting',
        overdueAtMs: nowMs + ATTEMPT_MS_MAX,
      });
    case 'tcp':
      return { ...state, attempt: { ...attempt, evidence: { ...evidence, tcpAtMs: nowMs } } };
    case 'tls':
      return { ...state, attempt: { ...attempt, evidence: { ...evidence, tlsAtMs: nowMs } } };
    case 'publishAccepted':
      if (progress.step !== 'connecting' && progress.step !== 'queued') return state;
      return withProgress(
        state,
        { ...attempt, evidence: { ...evidence, publishAcceptedAtMs: nowMs } },
        { step: 'live', sinceMs: nowMs, keepingUp: true },
      );
    case 'behind':
      // How long a drain may take, and whether it is shown, is settled when it begins.
      if (progress.step !== 'live') return state;
      return { ...state, attempt: { ...attempt, behindMs: boundedBehindMs(event.behindMs) } };
    case 'degraded':
    case 'recovered':
      if (progress.step !== 'live') return state;
      return withProgress(state, attempt, { ...progress, keepingUp: event.kind === 'recovered' });
    case 'ended':
      return applyEnded(state, attempt, { failure: event.failure, nowMs, random });
    default:
      return unreachable(event);
  }
}

function applyEnded(
  state: PushState,
  { progress, evidence }: Attempt,
  context: {
    readonly failure: FailureCode | null;
    readonly nowMs: number;
    readonly random: Random;
  },
): PushState {
  const { nowMs, random } = context;
  const ended = { ...state, attempt: null };
  const acceptedAtMs = evidence.publishAcceptedAtMs;
  if (progress.step !== 'ending') {
    const code = context.failure ?? 'INTERNAL';
    return recordFailure(ended, { code, acceptedAtMs, nowMs, random });
  }
  if (progress.failure !== null) {
    return recordFailure(ended, { code: progress.failure, acceptedAtMs, nowMs, random });
  }
  const leavesGhost = progress.mode === 'abort' && acceptedAtMs !== null;
  return leavesGhost ? { ...ended, ghostUntilMs: nowMs + GHOST_MS } : ended;
}

function applyTimer(state: PushState, nowMs: number): PushState {
  const progress = state.attempt?.progress;
  if (state.attempt === null || progress === undefined) return state;
  if (progress.step === 'connecting' && nowMs >= progress.overdueAtMs) {
    return withProgress(state, state.attempt, ending('abort', 'PUBLISH_TIMEOUT', nowMs));
  }
  if (progress.step === 'ending' && nowMs >= progress.overdueAtMs) {
    const mode = isShownDrain(state.attempt) ? 'deliberate' : 'abort';
    return withProgress(state, state.attempt, ending(mode, progress.failure, nowMs));
  }
  return state;
}

/**
 * Ends the attempt, if there is one, because the end is wanted. An end under way keeps its mode,
 * but a drain, which can be cut short.
 */
function endBecause(state: PushState, wantedMode: EndMode, nowMs: number): PushState {
  const { attempt } = state;
  if (attempt === null) return state;
  const { progress, behindMs } = attempt;
  if (progress.step !== 'ending') {
    // Who has not been sent anything has nothing to play out.
    const mode = wantedMode === 'drain' && progress.step !== 'live' ? 'deliberate' : wantedMode;
    return withProgress(state, attempt, ending(mode, null, nowMs, behindMs));
  }
  if (progress.mode === 'drain' && wantedMode !== 'drain') {
    return withProgress(state, attempt, ending(wantedMode, null, nowMs));
  }
  return progress.failure === null
    ? state
    : withProgress(state, attempt, ending(progress.mode, null, nowMs));
}

/** An end that is under way is to be over by then. */
function hurry(state: PushState, overdueAtMs: number): PushState {
  const { attempt } = state;
  if (attempt?.progress.step !== 'ending' || attempt.progress.overdueAtMs <= overdueAtMs) {
    return state;
  }
  return withProgress(state, attempt, { ...attempt.progress, overdueAtMs });
}

function ending(
  mode: EndMode,
  failure: FailureCode | null,
  nowMs: number,
  behindMs = 0,
): AttemptProgress {
  const playMs = mode === 'drain' ? behindMs : 0;
  return { step: 'ending', mode, failure, overdueAtMs: nowMs + ENDING_MS_MAX + playMs };
}

function boundedBehindMs(behindMs: number): number {
  return behindMs > 0 ? Math.min(behindMs, BEHIND_MS_MAX) : 0;
}

/** Without a second URL there is nowhere else to go. */
function withTerms(state: PushState, terms: PushTerms): PushState {
  return terms.backupAfter === null && state.target === 'backup'
    ? { ...state, terms, ...FIRST_TARGET }
    : { ...state, terms };
}

function withProgress(state: PushState, attempt: Attempt, progress: AttemptProgress): PushState {
  return { ...state, attempt: { ...attempt, progress } };
}

/** What a person changed, or a broadcast that is over, makes past failures worthless. */
function forgetFailures(state: PushState): PushState {
  return {
    ...state,
    failures: 0,
    streak: null,
    briefLives: 0,
    ...FIRST_TARGET,
    retry: null,
    lastFailure: null,
  };
}

/** The one place where the phase changes: it follows from the facts, and so do the effects. */
function settle(
  before: PushState,
  facts: PushState,
  { nowMs, timerWasAtMs }: { readonly nowMs: number; readonly timerWasAtMs: number | null },
): PushStep {
  const effects: PushEffect[] = [];
  const started = startIfDue(facts, nowMs);
  const phase = phaseOf(started);
  if (phase !== before.phase) {
    assert(NEXT[before.phase].has(phase), `a push goes from ${before.phase} to ${phase}`);
  }
  const state = phase === before.phase ? started : { ...started, phase, sinceMs: nowMs };
  assert(
    state.attempt === null || state.retry === null,
    'an attempt and a retry exclude each other',
  );

  const { attempt } = state;
  if (attempt !== null && attempt.id !== before.attempt?.id) {
    effects.push({ kind: 'start-attempt', attemptId: attempt.id, target: attempt.target });
  }
  if (attempt?.progress.step === 'ending' && attempt.progress !== before.attempt?.progress) {
    effects.push({ kind: 'end-attempt', attemptId: attempt.id, mode: attempt.progress.mode });
  }
  const atMs = timerAtMs(state);
  if (atMs !== timerWasAtMs) {
    effects.push(atMs === null ? { kind: 'clear-timer' } : { kind: 'set-timer', atMs });
  }
  if (isNews(before, state)) effects.push({ kind: 'announce', from: before.phase, to: phase });
  return { state, effects };
}

function startIfDue(facts: PushState, nowMs: number): PushState {
  const due = facts.retry === null || facts.retry.atMs <= nowMs;
  if (facts.attempt !== null || !facts.wanted || !facts.broadcastAvailable || !due) return facts;
  const attemptsStarted = facts.attemptsStarted + 1;
  const evidence = { tcpAtMs: null, tlsAtMs: null, publishAcceptedAtMs: null };
  const attempt: Attempt = {
    id: attemptsStarted,
    target: facts.target,
    behindMs: 0,
    progress: { step: 'queued' },
    evidence,
  };
  return { ...facts, attemptsStarted, attempt, retry: null };
}

function phaseOf({ wanted, broadcastAvailable, attempt, retry }: PushState): PushPhase {
  if (attempt !== null && isShownDrain(attempt)) return 'draining';
  if (!wanted) return 'stopped';
  if (!broadcastAvailable) return 'awaiting_stream';
  if (attempt === null) return retry?.needsAttention === true ? 'needs_attention' : 'retrying';
  if (attempt.progress.step !== 'live') return 'connecting';
  return attempt.progress.keepingUp ? 'live' : 'degraded';
}

function isShownDrain({ progress, behindMs }: Attempt): boolean {
  return progress.step === 'ending' && progress.mode === 'drain' && behindMs > DRAIN_SHOWN_MS;
}

function timerAtMs({ wanted, broadcastAvailable, attempt, retry }: PushState): number | null {
  if (attempt !== null) {
    const { progress } = attempt;
    return progress.step === 'connecting' || progress.step === 'ending'
      ? progress.overdueAtMs
      : null;
  }
  return wanted && broadcastAvailable && retry !== null ? retry.atMs : null;
}

function isNews(before: PushState, state: PushState): boolean {
  return (
    before.phase !== state.phase ||
    before.lastFailure !== state.lastFailure ||
    before.retry !== state.retry ||
    before.attempt?.evidence !== state.attempt?.evidence
  );
}
