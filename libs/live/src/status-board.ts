import { streamStatusSchema } from '#contracts';
import type { StreamStatus } from '#contracts';
import { liveKeys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import { storedJson } from './stored-json.ts';

/** A status that its relay has not repeated for this long is no longer true. */
export const STATUS_TTL_MS = 10_000;

export interface StatusBoard {
  putStatus(status: StreamStatus): Promise<void>;
  /** Undefined: no relay speaks for the stream, so it is offline. */
  getStatus(streamId: string): Promise<StreamStatus | undefined>;
  /** The ones that are there, in the order asked for. */
  getStatuses(streamIds: readonly string[]): Promise<StreamStatus[]>;
}

export function openStatusBoard(link: RedisLink): StatusBoard {
  return {
    async putStatus(status) {
      const key = liveKeys.status(status.streamId);
      const text = JSON.stringify(status);
      await link.call((redis) => redis.set(key, text, 'PX', STATUS_TTL_MS));
    },
    async getStatus(streamId) {
      const text = await link.call((redis) => redis.get(liveKeys.status(streamId)));
      return storedJson(streamStatusSchema, text);
    },
    async getStatuses(streamIds) {
      if (streamIds.length === 0) return [];
      const texts = await link.call((redis) => redis.mget(streamIds.map(liveKeys.status)));
      return texts.flatMap((text) => storedJson(streamStatusSchema, text) ?? []);
    },
  };
}
