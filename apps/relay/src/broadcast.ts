import type { PublishRequest } from '#lanes';
import type { BroadcastEndReason } from '#relay-core';

/** An encoder's connection, and the lane it is in. */
export interface CurrentIngest {
  readonly lane: number;
  readonly request: PublishRequest;
  readonly acceptedAtMs: number;
}

export interface Broadcast {
  readonly id: string;
  readonly streamId: string;
  readonly streamName: string;
  readonly startedAtMs: number;
  readonly ring: SharedArrayBuffer;
}

/** Why somebody ended a broadcast who was not its encoder. */
export type OrderedEnd =
  | { readonly reason: 'end-now' | 'stream-deleted' | 'draining' }
  /** Another node owns the stream now; its sessions at the destinations are the ones that count. */
  | { readonly reason: 'moved'; readonly toNode: string };

export type BroadcastEnd = OrderedEnd | { readonly reason: BroadcastEndReason };
