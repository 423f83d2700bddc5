import { z } from 'zod';
import { liveKeys } from './keys.ts';
import { luaScript, runScript } from './lua-script.ts';
import { OWNERSHIP_TTL_MS } from './ownership.ts';
import type { RedisLink } from './redis-link.ts';

const PERMIT = luaScript(`
-- Claims the stream and, if it is the asker's, hands out the destination's next fencing token. In
-- one step: no token goes to a node that does not own the stream at that moment.
-- KEYS[1] owner of the stream   KEYS[2] newest token of the destination
-- ARGV[1] node that asks   ARGV[2] lifetime of the claim in milliseconds
-- ARGV[3] newest token the asker has seen: Redis may have been emptied since
-- Returns the node that owns the stream now, and the new token or 0
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return { owner, 0 } end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
local newest = math.max(tonumber(redis.call('GET', KEYS[2]) or '0'), tonumber(ARGV[3])) + 1
redis.call('SET', KEYS[2], string.format('%d', newest))
return { ARGV[1], newest }
`);

/** Who wants to open the one session of a destination. */
export interface PermitRequest {
  readonly streamId: string;
  readonly nodeId: string;
  readonly destinationId: string;
  /** The newest token this node has had for the destination; 0 for none. */
  readonly aboveToken: number;
}

export type PermitAnswer =
  | { readonly granted: true; readonly owner: string; readonly token: number }
  /** Another node owns the stream. */
  | { readonly granted: false; readonly owner: string };

export interface Fencing {
  /**
   * Asked before each connect: the right to open the one session of a destination, which only the
   * stream's owner gets. The token is greater than every one before, and than `aboveToken`; what is
   * written with an older one is refused from then on (`ReconnectMemory`). Claims the stream as
   * `Ownership.claimStream` does.
   */
  permit(request: PermitRequest): Promise<PermitAnswer>;
}

const answerSchema = z.tuple([z.string(), z.int()]);

export function openFencing(link: RedisLink): Fencing {
  return {
    async permit({ streamId, nodeId, destinationId, aboveToken }) {
      const keys = [liveKeys.owner(streamId), liveKeys.token(destinationId)];
      const args = [nodeId, OWNERSHIP_TTL_MS, aboveToken];
      const [owner, token] = answerSchema.parse(await runScript(link, PERMIT, keys, args));
      return owner === nodeId ? { granted: true, owner, token } : { granted: false, owner };
    },
  };
}
