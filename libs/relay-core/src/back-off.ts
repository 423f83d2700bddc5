import { assert } from '#kernel';
import type { Random } from '#kernel';

import type { FailureClass } from './failure.ts';

/**
 * How one class of failure is retried. Every class is retried for as long as the stream is live.
 */
interface BackOffPolicy {
  /** Delays before the first, second, … retry; the last one stays. */
  readonly ladderMs: readonly number[];
  /**
   * What climbs the ladder: all failures since the push was healthy, or those in a row of this
   * class.
   */
  readonly climbs: 'all' | 'sameClass';
  /** Failures in a row of this class after which a person must act; never when absent. */
  readonly attentionAfter?: number;
}

const TRANSIENT: BackOffPolicy = {
  ladderMs: [1_000, 2_000, 4_000, 8_000, 15_000, 30_000],
  climbs: 'all',
};

const POLICIES: Readonly<Record<FailureClass, BackOffPolicy>> = {
  transient: TRANSIENT,
  congested: TRANSIENT,
  internal: TRANSIENT,
  // One quick second look, then less than two a minute: platforms lock accounts that hammer.
  rejected: {
    ladderMs: [5_000, 75_000, 75_000, 75_000, 300_000],
    climbs: 'sameClass',
    attentionAfter: 2,
  },
  tls: { ladderMs: [60_000, 60_000, 60_000, 300_000], climbs: 'sameClass', attentionAfter: 1 },
  config: { ladderMs: [60_000, 60_000, 60_000, 300_000], climbs: 'sameClass', attentionAfter: 1 },
  content: { ladderMs: [30_000, 60_000, 60_000, 300_000], climbs: 'sameClass', attentionAfter: 1 },
  limit: { ladderMs: [30_000, 60_000, 300_000], climbs: 'sameClass' },
  fenced: { ladderMs: [30_000, 60_000], climbs: 'sameClass' },
};

/** While a dead session of our own may still hold the key: what refuses us is likely to pass. */
const GHOST: BackOffPolicy = {
  ladderMs: [2_000, 5_000, 10_000, 30_000, 60_000],
  climbs: 'sameClass',
};

/**
 * The first retry after a loss of a push that was live: at once, but not all in the same instant.
 */
export const QUICK_RETRY_MS_MIN = 250;
export const QUICK_RETRY_MS_MAX = 500;
/** How often a push that waits for room in its workspace's quota looks for it. */
export const ROOM_RETRY_MS = 15_000;
/** Each delay is stretched or shrunk by up to this share. */
export const JITTER_SHARE = 0.2;
/** No retry is ever further away than this. */
export const RETRY_DELAY_MS_MAX = 300_000 * (1 + JITTER_SHARE);

export interface FailureHistory {
  readonly failureClass: FailureClass;
  /** Failures since the push was last healthy, this one included. */
  readonly failures: number;
  /** Those of them, up to this one, that were in a row of this class. */
  readonly sameClassFailures: number;
  /** Whether the attempt had been accepted by the server before it failed. */
  readonly wasLive: boolean;
  /** Whether a dead session of ours may still be holding the key. */
  readonly ghostPossible: boolean;
}

export function retryDelayMs(history: FailureHistory, random: Random): number {
  const { failures, sameClassFailures, wasLive } = history;
  assert(sameClassFailures >= 1 && failures >= sameClassFailures, 'the failure itself is counted');
  const policy = policyFor(history);
  if (policy === TRANSIENT && wasLive && failures === 1) {
    return quickRetryDelayMs(random);
  }
  const { ladderMs } = policy;
  const rung = (policy.climbs === 'all' ? failures : sameClassFailures) - 1;
  const delayMs = ladderMs[Math.min(rung, ladderMs.length - 1)];
  assert(delayMs !== undefined, 'every ladder has a rung');
  return jittered(delayMs, random);
}

/** Nothing was dialled and nothing can be hammered: there is no ladder to climb. */
export function roomRetryDelayMs(random: Random): number {
  return jittered(ROOM_RETRY_MS, random);
}

/** Before the first try at another URL, and after the first loss of a push that was live. */
export function quickRetryDelayMs(random: Random): number {
  return QUICK_RETRY_MS_MIN + random() * (QUICK_RETRY_MS_MAX - QUICK_RETRY_MS_MIN);
}

/** Whether waiting alone will not help, so that the owner has to be told. */
export function needsAttention(history: FailureHistory): boolean {
  const { attentionAfter } = policyFor(history);
  return attentionAfter !== undefined && history.sameClassFailures >= attentionAfter;
}

function jittered(delayMs: number, random: Random): number {
  return delayMs * (1 - JITTER_SHARE + 2 * JITTER_SHARE * random());
}

function policyFor({ failureClass, ghostPossible }: FailureHistory): BackOffPolicy {
  return failureClass === 'rejected' && ghostPossible ? GHOST : POLICIES[failureClass];
}
