import { z } from 'zod';
import type { Clock } from '#kernel';
import { firstFault } from './first-fault.ts';
import { liveKeys } from './keys.ts';
import type { RedisLink } from './redis-link.ts';
import { storedJson } from './stored-json.ts';
import { assertWritable } from './writable.ts';

/** A node that has not announced itself for this long is gone. */
export const PRESENCE_TTL_MS = 10_000;
/** Names of gone nodes leave the index after this; only its size depends on it. */
const INDEX_TTL_MS = 3_600_000;

const laneFiguresSchema = z.object({
  lane: z.int(),
  isUp: z.boolean(),
  /** The share of the last seconds in which its thread had something to do, 0 to 1. */
  load: z.number(),
  ingests: z.int(),
  pushes: z.int(),
});

const certificateSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** UTC, ISO 8601. */
  expiresAt: z.string(),
  isSelfMade: z.boolean(),
});

const refusedPublishSchema = z.object({
  /** UTC, ISO 8601. */
  at: z.string(),
  address: z.string(),
  reason: z.string(),
});

/** What nodes of earlier versions do not say is left out. */
const nodePresenceSchema = z.object({
  nodeId: z.string(),
  /** UTC, ISO 8601: tells one run of a node from the next. */
  startedAt: z.string(),
  lanes: z.int(),
  /** Streams live on this node. */
  streams: z.int(),
  /** Where it hands out previews; nodes of earlier versions have none. */
  previewUrl: z.string().nullish(),
  /** UTC, ISO 8601: when it said all this. */
  saidAt: z.string().nullish(),
  /** It lets no new encoder in, and ends. */
  isDraining: z.boolean().nullish(),
  laneFigures: z.array(laneFiguresSchema).nullish(),
  /** Of the whole process, beside what it may use. */
  memory: z.object({ usedBytes: z.number(), budgetBytes: z.number() }).nullish(),
  /** Of all encoders, and to all destinations. */
  kbpsIn: z.number().nullish(),
  kbpsOut: z.number().nullish(),
  /** What its operator says leaves it at most. */
  uplinkKbps: z.number().nullish(),
  /** What encoders are shown over RTMPS. */
  certificate: certificateSchema.nullish(),
  /** Encoders that it sent away, the newest first. */
  refusedPublishes: z.array(refusedPublishSchema).readonly().nullish(),
});
export type NodePresence = z.infer<typeof nodePresenceSchema>;

export interface Presence {
  /** Says "this node is here" for the next ten seconds. Called about every three. */
  announceNode(presence: NodePresence): Promise<void>;
  /** Takes the node off the list at once, at its orderly end. */
  withdrawNode(nodeId: string): Promise<void>;
  /** Rejects where one is absent only because nobody could announce itself. */
  nodes(): Promise<NodePresence[]>;
}

export function openPresence(link: RedisLink, clock: Clock): Presence {
  return {
    async announceNode(presence) {
      const nowMs = clock.wallMs();
      const text = JSON.stringify(presence);
      await link.call((redis) =>
        redis
          .multi()
          .set(liveKeys.node(presence.nodeId), text, 'PX', PRESENCE_TTL_MS)
          .zadd(liveKeys.nodes, nowMs, presence.nodeId)
          .zremrangebyscore(liveKeys.nodes, '-inf', String(nowMs - INDEX_TTL_MS))
          .exec()
          .then(firstFault),
      );
    },
    async withdrawNode(nodeId) {
      await link.call((redis) =>
        redis
          .multi()
          .del(liveKeys.node(nodeId))
          .zrem(liveKeys.nodes, nodeId)
          .exec()
          .then(firstFault),
      );
    },
    async nodes() {
      const ids = await link.call((redis) => redis.zrange(liveKeys.nodes, '0', '-1'));
      if (ids.length === 0) return [];
      const texts = await link.call((redis) => redis.mget(ids.map(liveKeys.node)));
      if (texts.includes(null)) await assertWritable(link);
      return texts.flatMap((text) => storedJson(nodePresenceSchema, text) ?? []);
    },
  };
}
