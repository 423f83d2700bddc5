import { z } from 'zod';
import { liveKeys } from './keys.ts';
import { luaScript, runScript } from './lua-script.ts';
import type { RedisLink } from './redis-link.ts';
import { assertWritable } from './writable.ts';

/** An owner that has not claimed its stream anew for this long has lost it. */
export const OWNERSHIP_TTL_MS = 10_000;

const CLAIM = luaScript(`
-- Takes a free stream, or keeps one's own.
-- KEYS[1] owner of the stream
-- ARGV[1] node that asks   ARGV[2] lifetime of the claim in milliseconds
-- Returns the node that owns the stream now
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return owner end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]
`);

const RELEASE = luaScript(`
-- Gives up one's own stream; another's is left alone.
-- KEYS[1] owner of the stream
-- ARGV[1] node that asks
-- Returns 1 when it was the node's own, else 0
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`);

export interface Claim {
  readonly granted: boolean;
  /** The node that owns the stream now. */
  readonly owner: string;
}

export interface Ownership {
  /** Takes the stream if it is free or prolongs what is ours, for ten seconds from now. */
  claimStream(streamId: string, nodeId: string): Promise<Claim>;
  /** False: it was not ours. */
  releaseStream(streamId: string, nodeId: string): Promise<boolean>;
  /** Undefined: nobody's. Rejects where that cannot be known, as no claim could be written. */
  ownerOf(streamId: string): Promise<string | undefined>;
}

export function openOwnership(link: RedisLink): Ownership {
  const run = (script: typeof CLAIM, streamId: string, ...args: (number | string)[]) =>
    runScript(link, script, [liveKeys.owner(streamId)], args);
  return {
    async claimStream(streamId, nodeId) {
      const owner = z.string().parse(await run(CLAIM, streamId, nodeId, OWNERSHIP_TTL_MS));
      return { granted: owner === nodeId, owner };
    },
    async releaseStream(streamId, nodeId) {
      return (await run(RELEASE, streamId, nodeId)) === 1;
    },
    async ownerOf(streamId) {
      const owner = await link.call((redis) => redis.get(liveKeys.owner(streamId)));
      if (owner === null) await assertWritable(link);
      return owner ?? undefined;
    },
  };
}
