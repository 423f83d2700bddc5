import type { PublishRequest } from '#lanes';
import type { BroadcastEndReason, InputRole } from '#relay-core';

/** An encoder's connection, the lane it is in, and the input that its key opens. */
export interface CurrentIngest {
  readonly role: InputRole;
  readonly lane: number;
  readonly request: PublishRequest;
  readonly acceptedAtMs: number;
  /** The most that it may send; null: what any encoder may. */
  readonly kbpsMax: number | null;
}

export interface Broadcast {
  readonly id: string;
  readonly streamId: string;
  readonly workspaceId: string;
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
