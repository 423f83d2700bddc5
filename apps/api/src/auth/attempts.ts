import { Secret } from '#kernel';
import { addressGroup } from '#net';
import { hashToken } from '#vault';
import { ProblemError } from '../problem/problem-error.ts';
import type { AttemptLimiter } from './attempt-limiter.ts';

/**
 * Of tries at a link with a token, each. Guesses at its 256 random bits are hopeless; this spares
 * the hashing.
 */
export const LINK_ATTEMPT_LIMITS = { attempts: 20, windowMs: 900_000, keysMax: 10_000 };

/** Under which the token of a link is found. */
export function hashOfLink(token: string): string {
  return hashToken(new Secret(token));
}

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
