import type { HeaderMessage } from '#ring';

export interface GatheredMessage {
  readonly typeId: number;
  readonly timestamp: number;
  /** Monotonic time at which it came. */
  readonly nowMs: number;
  readonly body: Buffer;
}

export interface GatheringLimits {
  readonly bytesMax: number;
  /** However small: what is kept of each is more than its bytes. */
  readonly messagesMax: number;
  readonly ageMsMax: number;
}

/**
 * What an encoder sent from a frame on that a ring can go on with, until it is given the ring. More
 * than its limits is not worth having: the next keyframe will do.
 */
export class Gathering {
  /** As they were at its first frame. */
  readonly headers: readonly HeaderMessage[];
  readonly messages: GatheredMessage[] = [];
  readonly #limits: GatheringLimits;
  readonly #startedMs: number;
  #bytes = 0;

  constructor(headers: readonly HeaderMessage[], nowMs: number, limits: GatheringLimits) {
    this.headers = headers;
    this.#startedMs = nowMs;
    this.#limits = limits;
  }

  isFresh(nowMs: number): boolean {
    return nowMs - this.#startedMs <= this.#limits.ageMsMax;
  }

  /** False, and it is of no use any more: too old, too large, or too many. `body` is copied. */
  add(typeId: number, timestamp: number, body: Uint8Array, nowMs: number): boolean {
    this.#bytes += body.length;
    if (this.#bytes > this.#limits.bytesMax || !this.isFresh(nowMs)) return false;
    if (this.messages.length >= this.#limits.messagesMax) return false;
    this.messages.push({ typeId, timestamp, nowMs, body: Buffer.from(body) });
    return true;
  }
}
