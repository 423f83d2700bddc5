import { z } from 'zod';
import { liveKeys } from './keys.ts';
import { luaScript, runScript } from './lua-script.ts';
import type { RedisLink } from './redis-link.ts';

const NEXT_TOKEN = luaScript(`
-- Hands out the next fencing token of a destination, above every one the asker knows of.
-- KEYS[1] newest token
-- ARGV[1] newest token the asker has seen: Redis may have been emptied since
-- Returns the new token
local newest = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), tonumber(ARGV[1])) + 1
redis.call('SET', KEYS[1], string.format('%d', newest))
return newest
`);

export interface Fencing {
  /**
   * The right to hold the one session of a destination: whoever has the newest token has it.
   * Greater than every token before, and than `aboveToken`.
   */
  nextToken(destinationId: string, aboveToken?: number): Promise<number>;
  /** The newest token; undefined when none was ever handed out, or Redis was emptied. */
  currentToken(destinationId: string): Promise<number | undefined>;
}

export function openFencing(link: RedisLink): Fencing {
  return {
    async nextToken(destinationId, aboveToken = 0) {
      const token = await runScript(
        link,
        NEXT_TOKEN,
        [liveKeys.token(destinationId)],
        [aboveToken],
      );
      return z.int().parse(token);
    },
    async currentToken(destinationId) {
      const text = await link.call((redis) => redis.get(liveKeys.token(destinationId)));
      return text === null ? undefined : Number(text);
    },
  };
}
