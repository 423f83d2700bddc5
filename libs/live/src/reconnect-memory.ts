import { z } from 'zod';
import { liveKeys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import { storedJson } from './stored-json.ts';

/** Longer than any back-off; a push untouched for a day starts afresh. */
export const PUSH_MEMORY_TTL_MS = 86_400_000;

const pushMemorySchema = z.object({
  attempt: z.int(),
  /** Null while an attempt was under way. */
  failureClass: z.string().nullable(),
  /** Milliseconds since 1970; the one time here that must mean the same to the next process. */
  nextRetryAtWallMs: z.number().nullable(),
  token: z.int(),
});
/** What a restarted relay must know to go on waiting politely. */
export type PushMemory = z.infer<typeof pushMemorySchema>;

export interface ReconnectMemory {
  savePush(destinationId: string, memory: PushMemory): Promise<void>;
  loadPush(destinationId: string): Promise<PushMemory | undefined>;
  forgetPush(destinationId: string): Promise<void>;
}

export function openReconnectMemory(link: RedisLink): ReconnectMemory {
  return {
    async savePush(destinationId, memory) {
      const text = JSON.stringify(memory);
      const key = liveKeys.push(destinationId);
      await link.call((redis) => redis.set(key, text, 'PX', PUSH_MEMORY_TTL_MS));
    },
    async loadPush(destinationId) {
      const text = await link.call((redis) => redis.get(liveKeys.push(destinationId)));
      return storedJson(pushMemorySchema, text);
    },
    async forgetPush(destinationId) {
      await link.call((redis) => redis.del(liveKeys.push(destinationId)));
    },
  };
}
