import type { Random } from '#kernel';

import { needsAttention, quickRetryDelayMs, retryDelayMs, roomRetryDelayMs } from './back-off.ts';
import type { FailureHistory } from './back-off.ts';
import { failureOf } from './failure.ts';
import type { FailureCode } from './failure.ts';
import { GHOST_MS, HEALTHY_MS } from './push-state.ts';
import type { PushState } from './push-state.ts';

/** A connection that its server closes this soon after accepting it was not wanted. */
export const BRIEF_LIFE_MS = 10_000;
/** So many brief lives in a row are not chance. */
export const BRIEF_LIVES_MAX = 3;
/** After how many hours platforms are known to end a stream, and how exactly they keep to it. */
const LIMIT_HOURS: readonly number[] = [4, 8, 12, 24, 48];
const HOUR_MS = 3_600_000;
const LIMIT_TOLERANCE_MS = 30_000;

export interface EndedAttempt {
  readonly code: FailureCode;
  /** Null when the server never accepted the publish. */
  readonly acceptedAtMs: number | null;
  readonly nowMs: number;
  readonly random: Random;
}

/**
 * Counts a failure, names it in the light of what went before, and sets the time of the next
 * attempt.
 */
export function recordFailure(state: PushState, ended: EndedAttempt): PushState {
  const { acceptedAtMs, nowMs, random } = ended;
  if (ended.code === 'OUT_QUOTA') return waitForRoom(state, ended);
  const liveMs = acceptedAtMs === null ? null : nowMs - acceptedAtMs;
  const known = liveMs !== null && liveMs >= HEALTHY_MS ? forgotten(state) : state;
  const briefLives = briefLivesAfter(known.briefLives, ended.code, liveMs);
  const ghostPossible = nowMs < state.ghostUntilMs;
  const code = refine(ended.code, { liveMs, briefLives, ghostPossible });
  const failureClass = failureOf(code).class;
  const streak = {
    class: failureClass,
    count: known.streak?.class === failureClass ? known.streak.count + 1 : 1,
  };
  const history: FailureHistory = {
    failureClass,
    failures: known.failures + 1,
    sameClassFailures: streak.count,
    wasLive: liveMs !== null,
    ghostPossible,
  };
  const target = targetAfter(known);
  // A URL that has not failed yet need not wait for the one that has.
  const isFirstTry = target.target !== known.target && !known.otherTargetFailed;
  const retry = isFirstTry
    ? { atMs: nowMs + quickRetryDelayMs(random), needsAttention: false }
    : { atMs: nowMs + retryDelayMs(history, random), needsAttention: needsAttention(history) };
  return {
    ...state,
    failures: history.failures,
    streak,
    briefLives,
    ...target,
    retry,
    ghostUntilMs: liveMs === null ? state.ghostUntilMs : nowMs + GHOST_MS,
    lastFailure: { code, class: failureClass, atMs: nowMs },
  };
}

/** No server has said a word: it tells nothing of the URL, and leaves what is known of it alone. */
function waitForRoom(state: PushState, { code, nowMs, random }: EndedAttempt): PushState {
  return {
    ...state,
    retry: { atMs: nowMs + roomRetryDelayMs(random), needsAttention: true },
    lastFailure: { code, class: failureOf(code).class, atMs: nowMs },
  };
}

function forgotten(state: PushState): PushState {
  return {
    ...state,
    failures: 0,
    streak: null,
    briefLives: 0,
    targetFailures: 0,
    otherTargetFailed: false,
  };
}

type TargetFacts = Pick<PushState, 'otherTargetFailed' | 'target' | 'targetFailures'>;

/** After so many failures in a row at one URL it is the other's turn, there and back. */
function targetAfter({ target, targetFailures, otherTargetFailed, terms }: PushState): TargetFacts {
  const failures = targetFailures + 1;
  if (terms.backupAfter === null || failures < terms.backupAfter) {
    return { target, targetFailures: failures, otherTargetFailed };
  }
  const other = target === 'main' ? 'backup' : 'main';
  return { target: other, targetFailures: 0, otherTargetFailed: true };
}

function briefLivesAfter(before: number, code: FailureCode, liveMs: number | null): number {
  if (liveMs === null) return before;
  return isClosedByPeer(code) && liveMs < BRIEF_LIFE_MS ? before + 1 : 0;
}

function isClosedByPeer(code: FailureCode): boolean {
  return code === 'CLOSED_BY_PEER' || code === 'RESET_BY_PEER';
}

/**
 * The same close means another thing after three seconds, thrice, than after exactly twelve hours.
 */
function refine(
  code: FailureCode,
  context: {
    readonly liveMs: number | null;
    readonly briefLives: number;
    readonly ghostPossible: boolean;
  },
): FailureCode {
  const { liveMs, briefLives, ghostPossible } = context;
  // No session of ours can be in the way, so the server means the key or somebody else's session.
  if (code === 'KEY_BUSY' && !ghostPossible) return 'KEY_REJECTED';
  if (!isClosedByPeer(code) || liveMs === null) return code;
  if (briefLives >= BRIEF_LIVES_MAX) return 'CONTENT_REJECTED';
  return LIMIT_HOURS.some((hours) => isNear(liveMs, hours * HOUR_MS)) ? 'DURATION_LIMIT' : code;
}

function isNear(liveMs: number, limitMs: number): boolean {
  return Math.abs(liveMs - limitMs) <= LIMIT_TOLERANCE_MS;
}
