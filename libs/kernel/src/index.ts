/**
 * What every room may lean on: beliefs, coded errors, secrets that do not print, and time and
 * chance as ports. It knows nothing of streams, protocols, frameworks or files.
 */
export { assert, AssertionError, unreachable } from './assert.ts';
export { CodedError, sentenceOf } from './coded-error.ts';
export type { Cancel, Clock, Random, Timers } from './ports.ts';
export { Secret } from './secret.ts';
export { TokenBuckets, type BucketLimits } from './token-buckets.ts';
export { systemClock, systemRandom, systemTimers } from './system.ts';
