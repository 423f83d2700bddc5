import { z } from 'zod';
import { desiredStreamSchema, idSchema, inputRoleSchema } from '#contracts';

/** Keys of one stream at most: of two inputs, and those whose overlap is not over. */
export const KEPT_KEYS_MAX = 16;
/** What Postgres said longer ago is of no use to a new process, whatever was live then. */
export const KEPT_MS_MAX = 86_400_000;
/** A key of a stream that was not live opens it for this long after Postgres said so. */
const KEY_STALE_MS_MAX = 600_000;
/** Two reckonings of one time differ by less: monotonic and wall clock do not tick together. */
const SAME_TIME_MS = 1_000;

const pushMemorySchema = z.object({
  attempt: z.int(),
  failureClass: z.string().nullable(),
  nextRetryAtWallMs: z.number().nullable(),
  ghostUntilWallMs: z.number().nullable(),
  target: z.enum(['main', 'backup']),
});
const keptPushSchema = z.object({
  token: z.int(),
  savedAtWallMs: z.number(),
  /** Null: there is nothing to know, and that is known. */
  memory: pushMemorySchema.nullable(),
});
const keptKeySchema = z.object({
  hash: z.string(),
  keyId: z.string(),
  role: inputRoleSchema,
  /** When it stops working. Files of earlier versions do not say. */
  expiresAtMs: z.number().nullable().default(null),
  /** When Postgres last said that it opens the stream. */
  confirmedAtWallMs: z.number(),
});
const keptBroadcastSchema = z.object({ id: idSchema, startedAtMs: z.number() });
const keptStreamSchema = z.object({
  version: z.literal(1),
  /** When Postgres last said what is wanted. */
  confirmedAtWallMs: z.number(),
  desired: desiredStreamSchema,
  keys: z.array(keptKeySchema),
  /** By destination. */
  pushes: z.record(z.string(), keptPushSchema),
  broadcast: keptBroadcastSchema.nullable(),
});

export type KeptPush = z.infer<typeof keptPushSchema>;
export type KeptKey = z.infer<typeof keptKeySchema>;
export type KeptBroadcast = z.infer<typeof keptBroadcastSchema>;
/** All that the next process must know of one stream. */
export type KeptStream = z.infer<typeof keptStreamSchema>;

export function packKept(kept: KeptStream): Buffer {
  return Buffer.from(JSON.stringify(kept), 'utf8');
}

/** Throws when the bytes are not what `packKept` gave in this version. */
export function unpackKept(bytes: Buffer): KeptStream {
  return keptStreamSchema.parse(JSON.parse(bytes.toString('utf8')));
}

/** A clock that was set back makes nothing younger than new. */
export function ageMs(atWallMs: number, wallMs: number): number {
  return Math.max(0, wallMs - atWallMs);
}

/**
 * For how long after it was confirmed a key opens its stream while Postgres is silent. A broadcast
 * that was live goes on: nobody could have taken its key away unheard but in that silence.
 */
export function keyStaleMsMax(kept: KeptStream): number {
  return kept.broadcast === null ? KEY_STALE_MS_MAX : KEPT_MS_MAX;
}

/** Whether the push is told of what is known of it already. */
export function isSamePush(one: KeptPush, other: KeptPush): boolean {
  if (one.token !== other.token) return false;
  if (one.memory === null || other.memory === null) return one.memory === other.memory;
  return (
    one.memory.attempt === other.memory.attempt &&
    one.memory.failureClass === other.memory.failureClass &&
    one.memory.target === other.memory.target &&
    isSameTime(one.memory.nextRetryAtWallMs, other.memory.nextRetryAtWallMs) &&
    isSameTime(one.memory.ghostUntilWallMs, other.memory.ghostUntilWallMs)
  );
}

function isSameTime(one: number | null, other: number | null): boolean {
  if (one === null || other === null) return one === other;
  return Math.abs(one - other) < SAME_TIME_MS;
}
