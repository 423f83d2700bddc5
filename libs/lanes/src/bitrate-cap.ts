import type { IngestLimits } from './messages.ts';

const BITS_PER_BYTE = 8;
/**
 * As many bytes a message costs at least, or a chunk of one, however small it is: what it takes to
 * look at it. The smallest chunks that encoders write have more.
 */
export const PIECE_BYTES_MIN = 100;

/**
 * Whether an encoder stays below its bitrate: over a stretch of `burstMs` it may send what the
 * bitrate allows in that time, and never more. Asked once for each read from its socket, not for
 * each message: a read has hundreds of them.
 */
export class BitrateCap {
  readonly #bytesPerMs: number;
  readonly #bytesMax: number;
  #bytesLeft: number;
  #countedAtMs: number;

  constructor({ kbpsMax, burstMs }: IngestLimits, nowMs: number) {
    // A kilobit per second is a bit per millisecond.
    this.#bytesPerMs = kbpsMax / BITS_PER_BYTE;
    this.#bytesMax = this.#bytesPerMs * burstMs;
    this.#bytesLeft = this.#bytesMax;
    this.#countedAtMs = nowMs;
  }

  /** False: with these it has sent more than it may. */
  take(bytes: number, nowMs: number): boolean {
    const earned = (nowMs - this.#countedAtMs) * this.#bytesPerMs;
    this.#countedAtMs = nowMs;
    this.#bytesLeft = Math.min(this.#bytesMax, this.#bytesLeft + earned) - bytes;
    return this.#bytesLeft >= 0;
  }

  /** The same, once it is known in how many pieces those bytes came. */
  takePieces(pieces: number, bytes: number): boolean {
    const shortBytes = pieces * PIECE_BYTES_MIN - bytes;
    if (shortBytes > 0) this.#bytesLeft -= shortBytes;
    return this.#bytesLeft >= 0;
  }
}
