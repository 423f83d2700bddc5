import { RtmpError } from '../rtmp-error.ts';
import type { ChunkStream } from './chunk-stream.ts';

const BUFFER_BYTES_MIN = 4096;

/**
 * The memory of unfinished messages: one buffer per chunk stream, grown as bytes arrive (never by
 * what a header declares) and kept for the next message. Buffers without a message are given back
 * first when all of them together would pass the limit.
 */
export class PartialMessages {
  readonly #streams: ReadonlyMap<number, ChunkStream>;
  readonly #bytesMax: number;
  #filledBytes = 0;
  #heldBytes = 0;

  constructor(streams: ReadonlyMap<number, ChunkStream>, bytesMax: number) {
    this.#streams = streams;
    this.#bytesMax = bytesMax;
  }

  /** Bytes of memory in all buffers, used or kept. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Copies `bytes[start, end)` behind what is there. */
  append(stream: ChunkStream, bytes: Buffer, start: number, end: number): void {
    const added = end - start;
    this.#filledBytes += added;
    if (this.#filledBytes > this.#bytesMax) {
      throw new RtmpError('RTMP_PARTIAL_BYTES_EXCEEDED', this.#filledBytes);
    }
    const filled = stream.filled + added;
    if (filled > stream.partial.length) this.#grow(stream, filled);
    bytes.copy(stream.partial, stream.filled, start, end);
    stream.filled = filled;
  }

  /**
   * The finished message, as a view that is valid until bytes are appended to this stream again.
   */
  finish(stream: ChunkStream): Buffer {
    const view = stream.partial.subarray(0, stream.filled);
    this.drop(stream);
    return view;
  }

  drop(stream: ChunkStream): void {
    this.#filledBytes -= stream.filled;
    stream.filled = 0;
  }

  #grow(stream: ChunkStream, needed: number): void {
    const doubled = Math.max(needed, stream.partial.length * 2, BUFFER_BYTES_MIN);
    const capacity = Math.min(doubled, stream.length);
    if (this.#heldBytes + capacity > this.#bytesMax) this.#releaseIdle();
    const grown = Buffer.allocUnsafeSlow(capacity);
    stream.partial.copy(grown, 0, 0, stream.filled);
    this.#heldBytes += capacity - stream.partial.length;
    stream.partial = grown;
  }

  #releaseIdle(): void {
    for (const stream of this.#streams.values()) {
      if (stream.filled === 0) this.#heldBytes -= stream.releasePartial();
    }
  }
}
