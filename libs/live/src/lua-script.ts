import { createHash } from 'node:crypto';
import type { RedisLink } from './redis-link.ts';

/**
 * A step that must be atomic. `source` opens with a block that lists its KEYS, its ARGV and what it
 * returns.
 */
export interface LuaScript {
  readonly source: string;
  readonly sha1: string;
}

export function luaScript(source: string): LuaScript {
  return { source, sha1: createHash('sha1').update(source).digest('hex') };
}

/**
 * Runs a script by its hash, and by its text where Redis has never seen it or was emptied. One
 * deadline for both.
 */
export function runScript(
  link: RedisLink,
  script: LuaScript,
  keys: readonly string[],
  args: readonly (number | string)[],
): Promise<unknown> {
  return link.call(async (redis) => {
    try {
      return await redis.evalsha(script.sha1, keys.length, ...keys, ...args);
    } catch (thrown) {
      if (!(thrown instanceof Error) || !thrown.message.startsWith('NOSCRIPT')) throw thrown;
      return redis.eval(script.source, keys.length, ...keys, ...args);
    }
  });
}
