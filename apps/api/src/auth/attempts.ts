import { addressGroup } from '#net';
import { ProblemError } from '../problem/problem-error.ts';
import type { AttemptLimiter } from './attempt-limiter.ts';

/** Counts one attempt. Throws TOO_MANY_ATTEMPTS when it is one too many. */
export function countAttempt(limiter: AttemptLimiter, key: string): void {
  refuseAfter(limiter.attempt(key));
}

/**
 * Counts one attempt of whoever has this address: of IPv6 one household has 2^64 of them. Throws
 * TOO_MANY_ATTEMPTS when it is one too many.
 */
export function countAttemptFrom(limiter: AttemptLimiter, address: string): void {
  countAttempt(limiter, addressGroup(address));
}

/** @param waitMs 0: go on. */
export function refuseAfter(waitMs: number): void {
  if (waitMs <= 0) return;
  throw new ProblemError('TOO_MANY_ATTEMPTS', undefined, {
    retryAfterSeconds: Math.ceil(waitMs / 1000),
  });
}
