import { streamStatusSchema } from '#contracts';
import type { StreamStatus } from '#contracts';
import type { Clock } from '#kernel';
import { firstFault } from './first-fault.ts';
import { liveKeys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import { storedJson } from './stored-json.ts';
import { assertWritable } from './writable.ts';

/** A status that its relay has not repeated for this long is no longer true. */
export const STATUS_TTL_MS = 3_000;

/** Streams leave the index after this; only its size depends on it. */
const INDEX_TTL_MS = 60_000;

/**
 * That a status is absent is said only while relays could write it: a Redis that is full, or
 * read-only, would have every stream seem offline. Reading then rejects with LIVE_STORE_REFUSED.
 */
export interface StatusBoard {
  putStatus(status: StreamStatus): Promise<void>;
  /** Undefined: no relay speaks for the stream, so it is offline. */
  getStatus(streamId: string): Promise<StreamStatus | undefined>;
  /** The ones that are there, in the order asked for. */
  getStatuses(streamIds: readonly string[]): Promise<StreamStatus[]>;
  /** Of every stream that some relay speaks for now. */
  allStatuses(): Promise<StreamStatus[]>;
}

export function openStatusBoard(link: RedisLink, clock: Clock): StatusBoard {
  const getStatuses = async (streamIds: readonly string[]): Promise<StreamStatus[]> => {
    if (streamIds.length === 0) return [];
    const texts = await link.call((redis) => redis.mget(streamIds.map(liveKeys.status)));
    if (texts.includes(null)) await assertWritable(link);
    return texts.flatMap((text) => storedJson(streamStatusSchema, text) ?? []);
  };
  return {
    async putStatus(status) {
      const nowMs = clock.wallMs();
      const text = JSON.stringify(status);
      await link.call((redis) =>
        redis
          .multi()
          .set(liveKeys.status(status.streamId), text, 'PX', STATUS_TTL_MS)
          .zadd(liveKeys.statuses, nowMs, status.streamId)
          .zremrangebyscore(liveKeys.statuses, '-inf', String(nowMs - INDEX_TTL_MS))
          .exec()
          .then(firstFault),
      );
    },
    async getStatus(streamId) {
      const [status] = await getStatuses([streamId]);
      return status;
    },
    getStatuses,
    async allStatuses() {
      return getStatuses(await link.call((redis) => redis.zrange(liveKeys.statuses, '0', '-1')));
    },
  };
}
