import { liveKeys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';

/** Whoever asks for it again within this time costs Redis no further key. */
const PROBE_TTL_MS = 1_000;

/**
 * Resolves when Redis takes writes. One that is full, or has become a replica, still answers; but
 * whatever is kept here with a time to live then runs out, and its absence means nothing. Rejects
 * with LIVE_STORE_REFUSED, or as every call does.
 */
export async function assertWritable(link: RedisLink): Promise<void> {
  await link.call((redis) => redis.set(liveKeys.probe, '1', 'PX', PROBE_TTL_MS));
}
