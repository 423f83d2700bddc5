import type { FailureClass, FailureCode } from './failure.ts';
import { isFailureClass } from './failure.ts';
import { needsAttention, RETRY_DELAY_MS_MAX } from './back-off.ts';

/** What is so with a push, as people see it. */
export type PushPhase =
  | 'stopped' // not wanted
  | 'awaiting_stream' // wanted, and there is no broadcast
  | 'connecting' // an attempt is under way, or the one before it is still closing
  | 'live' // the destination has accepted the publish
  | 'degraded' // live, and not keeping up
  | 'draining' // what the destination has not been sent yet is played out before the goodbye
  | 'retrying' // waiting for the next attempt
  | 'needs_attention'; // the same, with little hope until a person acts

/** `drain`: what is buffered is played out, then goodbye; `deliberate`: goodbye; `abort`: reset. */
export type EndMode = 'drain' | 'deliberate' | 'abort';

/** Which of a destination's URLs. */
export type PushTarget = 'main' | 'backup';

/** What the owner has set, beside whether the push is wanted. */
export interface PushTerms {
  /**
   * Failures in a row at one URL that lead to the other; 0: any does. Null: there is one URL only.
   */
  readonly backupAfter: number | null;
}

/** The one connection of a push, from `start-attempt` until its `ended` event. */
export interface Attempt {
  readonly id: number;
  readonly target: PushTarget;
  /** How far behind the encoder it plays, its delay included, as its lane said last. */
  readonly behindMs: number;
  readonly progress: AttemptProgress;
  readonly evidence: Evidence;
}

/** When each milestone was reached: what a claim of being live rests on. */
export interface Evidence {
  readonly tcpAtMs: number | null;
  readonly tlsAtMs: number | null;
  readonly publishAcceptedAtMs: number | null;
}

export type AttemptProgress =
  /** Waiting for the connect gate. */
  | { readonly step: 'queued' }
  | { readonly step: 'connecting'; readonly overdueAtMs: number }
  | { readonly step: 'live'; readonly sinceMs: number; readonly keepingUp: boolean }
  | {
      readonly step: 'ending';
      readonly mode: EndMode;
      readonly overdueAtMs: number;
      /** Why, when it counts as a failure; null when the end was wanted. */
      readonly failure: FailureCode | null;
    };

export interface RecordedFailure {
  readonly code: FailureCode;
  readonly class: FailureClass;
  readonly atMs: number;
}

/** All times are monotonic milliseconds. */
export interface PushState {
  readonly phase: PushPhase;
  readonly sinceMs: number;
  readonly wanted: boolean;
  readonly broadcastAvailable: boolean;
  readonly attempt: Attempt | null;
  /** Ids given so far; the next attempt gets the next one. */
  readonly attemptsStarted: number;
  /** Failures since the push was last healthy. */
  readonly failures: number;
  /** Those of them, up to the last, that were in a row of one class. */
  readonly streak: { readonly class: FailureClass; readonly count: number } | null;
  /** Losses in a row, each within seconds of the server's acceptance. */
  readonly briefLives: number;
  readonly terms: PushTerms;
  /** Where the present attempt goes, or the next. */
  readonly target: PushTarget;
  /** Failures in a row at that URL. */
  readonly targetFailures: number;
  /** Whether the other URL has failed since the push was healthy. */
  readonly otherTargetFailed: boolean;
  readonly retry: { readonly atMs: number; readonly needsAttention: boolean } | null;
  /** Until then a dead session of ours may be holding the key at the destination. */
  readonly ghostUntilMs: number;
  /** Stays while the broadcast goes on, so that people can read it. */
  readonly lastFailure: RecordedFailure | null;
}

/**
 * What outlives the process, so that its successor resumes politely. The caller adds its fencing
 * token.
 */
export interface PushMemory {
  /** 1 for the first attempt since the push was healthy. */
  readonly attempt: number;
  /** Null while an attempt was under way: whether it was accepted may not be known any more. */
  readonly failureClass: FailureClass | null;
  readonly nextRetryAtWallMs: number | null;
  /** Until then a session that was lost before may be holding the key; null when none may. */
  readonly ghostUntilWallMs: number | null;
  readonly target: PushTarget;
}

/** A push live for this long is healthy: what went before is forgotten. */
export const HEALTHY_MS = 60_000;
/** How long platforms are known to hold a session whose connection has died. */
export const GHOST_MS = 180_000;
const REMEMBERED_FAILURES_MAX = 1_000;

/** Where a push begins. */
export const FIRST_TARGET = {
  target: 'main',
  targetFailures: 0,
  otherTargetFailed: false,
} as const satisfies Partial<PushState>;

export function newPush(nowMs: number): PushState {
  return {
    phase: 'stopped',
    sinceMs: nowMs,
    wanted: false,
    broadcastAvailable: false,
    attempt: null,
    attemptsStarted: 0,
    failures: 0,
    streak: null,
    briefLives: 0,
    terms: { backupAfter: null },
    ...FIRST_TARGET,
    retry: null,
    ghostUntilMs: nowMs,
    lastFailure: null,
  };
}

/** The number that people see: 1 for the first attempt since the push was healthy. */
export function attemptNumber(state: PushState, nowMs: number): number {
  const progress = state.attempt?.progress;
  const healthy = progress?.step === 'live' && nowMs - progress.sinceMs >= HEALTHY_MS;
  return healthy ? 1 : state.failures + 1;
}

/**
 * Null when there is nothing that a successor would have to know. An attempt that waits for its
 * turn is not under way: it was never dialled, and leaves no session behind.
 */
export function rememberPush(state: PushState, nowMs: number, wallMs: number): PushMemory | null {
  const { attempt, retry } = state;
  if (attempt === null && retry === null) return null;
  const isUnderWay = attempt !== null && attempt.progress.step !== 'queued';
  const ghostUntilWallMs =
    nowMs < state.ghostUntilMs ? wallMs + (state.ghostUntilMs - nowMs) : null;
  const isAtFirst = state.failures === 0 && state.target === 'main';
  if (!isUnderWay && isAtFirst && ghostUntilWallMs === null) return null;
  return {
    attempt: attemptNumber(state, nowMs),
    failureClass: isUnderWay ? null : (state.streak?.class ?? null),
    nextRetryAtWallMs: retry === null ? null : wallMs + (retry.atMs - nowMs),
    ghostUntilWallMs,
    target: state.target,
  };
}

export interface RestoreOptions {
  readonly nowMs: number;
  readonly wallMs: number;
}

/**
 * A push that begins where another process left off. It waits out a back-off that was under way,
 * and counts with a session of the dead process at the destination. What it is given may be stale
 * or damaged: delays are bounded.
 */
export function restorePush(memory: PushMemory | null, options: RestoreOptions): PushState {
  const { nowMs, wallMs } = options;
  if (memory === null) return newPush(nowMs);
  const fresh = { ...newPush(nowMs), target: memory.target };
  const failures = boundedFailures(memory.attempt);
  const failureClass =
    memory.failureClass !== null && isFailureClass(memory.failureClass)
      ? memory.failureClass
      : null;
  if (failureClass === null || failures === 0) {
    return { ...fresh, failures, ghostUntilMs: nowMs + GHOST_MS };
  }
  const streak = { class: failureClass, count: failures };
  const ghostMs = boundedMs(memory.ghostUntilWallMs, wallMs, GHOST_MS);
  const known = { ...fresh, failures, streak, ghostUntilMs: nowMs + ghostMs };
  const waitMs = boundedMs(memory.nextRetryAtWallMs, wallMs, RETRY_DELAY_MS_MAX);
  if (waitMs === 0) return known;
  const attention = needsAttention({
    failureClass,
    failures,
    sameClassFailures: failures,
    wasLive: false,
    ghostPossible: ghostMs > 0,
  });
  return { ...known, retry: { atMs: nowMs + waitMs, needsAttention: attention } };
}

/** How far that time is ahead; 0 when it is past, or no time at all. */
function boundedMs(atWallMs: number | null, wallMs: number, msMax: number): number {
  const aheadMs = (atWallMs ?? wallMs) - wallMs;
  return aheadMs > 0 ? Math.min(aheadMs, msMax) : 0;
}

function boundedFailures(attempt: number): number {
  if (!Number.isSafeInteger(attempt)) return 0;
  return Math.max(0, Math.min(attempt - 1, REMEMBERED_FAILURES_MAX));
}
