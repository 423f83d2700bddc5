import { z } from 'zod';
import { liveKeys } from './keys.ts';
import { luaScript, runScript } from './lua-script.ts';
import type { RedisLink } from './redis-link.ts';
import { storedJson } from './stored-json.ts';

/** Longer than any back-off; a push untouched for a day starts afresh. */
export const PUSH_MEMORY_TTL_MS = 86_400_000;

const SAVE = luaScript(`
-- Writes, or with an empty text deletes, what a push remembers, unless a newer token is out.
-- KEYS[1] memory of the push   KEYS[2] newest token of the destination
-- ARGV[1] token of the writer   ARGV[2] the memory as JSON, or ''
-- ARGV[3] lifetime in milliseconds
-- Returns 1 when it was written, 0 when the writer has been superseded
if tonumber(ARGV[1]) < tonumber(redis.call('GET', KEYS[2]) or '0') then return 0 end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
else
  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
end
return 1
`);

const pushMemorySchema = z.object({
  attempt: z.int(),
  /** Null while an attempt was under way. */
  failureClass: z.string().nullable(),
  /** Milliseconds since 1970, as all times here: they must mean the same to the next process. */
  nextRetryAtWallMs: z.number().nullable(),
  /** The same; until then a lost session may hold the key. */
  ghostUntilWallMs: z.number().nullable().default(null),
  /** Which of the destination's URLs. */
  target: z.enum(['main', 'backup']).default('main'),
  /** Fencing token of the writer. */
  token: z.int(),
  /** When it was written: the newer of two with one token counts. */
  savedAtWallMs: z.number().default(0),
});
/** What a restarted relay must know to go on waiting politely. */
export type PushMemory = z.infer<typeof pushMemorySchema>;

/** False, from both that write: another node has had a newer token since, and nothing was done. */
export interface ReconnectMemory {
  savePush(destinationId: string, memory: PushMemory): Promise<boolean>;
  loadPush(destinationId: string): Promise<PushMemory | undefined>;
  forgetPush(destinationId: string, token: number): Promise<boolean>;
}

export function openReconnectMemory(link: RedisLink): ReconnectMemory {
  const write = async (destinationId: string, token: number, text: string): Promise<boolean> => {
    const keys = [liveKeys.push(destinationId), liveKeys.token(destinationId)];
    return (await runScript(link, SAVE, keys, [token, text, PUSH_MEMORY_TTL_MS])) === 1;
  };
  return {
    savePush: (destinationId, memory) => write(destinationId, memory.token, JSON.stringify(memory)),
    async loadPush(destinationId) {
      const text = await link.call((redis) => redis.get(liveKeys.push(destinationId)));
      return storedJson(pushMemorySchema, text);
    },
    forgetPush: (destinationId, token) => write(destinationId, token, ''),
  };
}
