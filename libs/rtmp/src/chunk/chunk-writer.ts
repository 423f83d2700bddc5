import { assert } from '#kernel';

import { CHUNK_BYTES_INITIAL, CHUNK_BYTES_MAX, EXTENDED_TIMESTAMP } from './chunk-limits.ts';

/** A message to be written; `timestampMs` is 32-bit unsigned, `payload` borrowed until return. */
export interface OutgoingMessage {
  readonly chunkStreamId: number;
  readonly type: number;
  readonly timestampMs: number;
  readonly messageStreamId: number;
  readonly payload: Uint8Array;
}

const FIELD_BYTES = [11, 7, 3] as const;
const CONTINUATION = 3;
const CHUNK_STREAM_ID_MIN = 2;
const CHUNK_STREAM_ID_MAX = 65_599;

/** A message that leans on nothing before it: its first chunk has a header of type 0. */
export function encodeMessage(message: OutgoingMessage & { readonly chunkBytes: number }): Buffer {
  return encodeChunks(0, message.timestampMs, message, message.chunkBytes);
}

/**
 * Messages to chunks, with the shortest header that every known reader understands alike: type 0
 * first, on another message stream and when time goes back; then types 1 and 2. Type 3 only
 * continues: what it means at the beginning of a message, readers do not agree on. Chunk stream 2
 * is for control messages, which are written without a writer.
 */
export class ChunkWriter {
  readonly #last = new Map<number, OutgoingMessage>();
  #chunkBytes: number;

  constructor(chunkBytes: number = CHUNK_BYTES_INITIAL) {
    this.#chunkBytes = chunkBytes;
  }

  /**
   * For the messages from here on; the Set Chunk Size that tells the peer is the caller's to send.
   */
  setChunkBytes(chunkBytes: number): void {
    this.#chunkBytes = chunkBytes;
  }

  write(message: OutgoingMessage): Buffer {
    const last = this.#last.get(message.chunkStreamId);
    this.#last.set(message.chunkStreamId, message);
    const deltaMs = last === undefined ? 0 : message.timestampMs - last.timestampMs;
    // A step beyond half of the 32 bits is one backwards (serial number arithmetic, RFC 1982).
    const isBackwards = (deltaMs | 0) < 0;
    if (last === undefined || isBackwards || last.messageStreamId !== message.messageStreamId) {
      return encodeChunks(0, message.timestampMs, message, this.#chunkBytes);
    }
    const isAlike = last.type === message.type && last.payload.length === message.payload.length;
    return encodeChunks(isAlike ? 2 : 1, deltaMs >>> 0, message, this.#chunkBytes);
  }
}

/** An extended timestamp is repeated on continuations, as most readers expect. */
function encodeChunks(
  format: 0 | 1 | 2,
  time: number,
  message: OutgoingMessage,
  chunkBytes: number,
): Buffer {
  const { chunkStreamId, payload } = message;
  assert(chunkBytes >= 1 && chunkBytes <= CHUNK_BYTES_MAX, 'a chunk has 1 to 2^24 - 1 bytes');
  assert(payload.length <= CHUNK_BYTES_MAX, 'the length of a message fits 24 bits');
  const isExtended = time >= EXTENDED_TIMESTAMP;
  const basicBytes = chunkStreamId < 64 ? 1 : chunkStreamId < 320 ? 2 : 3;
  const extendedBytes = isExtended ? 4 : 0;
  const continuations = Math.max(0, Math.ceil(payload.length / chunkBytes) - 1);
  const target = Buffer.allocUnsafe(
    (basicBytes + extendedBytes) * (1 + continuations) + FIELD_BYTES[format] + payload.length,
  );
  let at = writeBasicHeader(target, 0, format, chunkStreamId);
  at = writeFields(target, at, format, isExtended ? EXTENDED_TIMESTAMP : time, message);
  if (isExtended) at = target.writeUInt32BE(time, at);
  for (let from = 0; from < payload.length; from += chunkBytes) {
    if (from > 0) {
      at = writeBasicHeader(target, at, CONTINUATION, chunkStreamId);
      if (isExtended) at = target.writeUInt32BE(time, at);
    }
    const piece = payload.subarray(from, from + chunkBytes);
    target.set(piece, at);
    at += piece.length;
  }
  assert(at === target.length, 'a message takes the bytes that were counted for it');
  return target;
}

function writeBasicHeader(target: Buffer, at: number, format: number, id: number): number {
  assert(id >= CHUNK_STREAM_ID_MIN && id <= CHUNK_STREAM_ID_MAX, 'the chunk stream id exists');
  if (id < 64) return target.writeUInt8((format << 6) | id, at);
  if (id < 320) return target.writeUInt8(id - 64, target.writeUInt8(format << 6, at));
  return target.writeUInt16LE(id - 64, target.writeUInt8((format << 6) | 1, at));
}

function writeFields(
  target: Buffer,
  start: number,
  format: 0 | 1 | 2,
  field: number,
  message: OutgoingMessage,
): number {
  let at = target.writeUIntBE(field, start, 3);
  if (format === 2) return at;
  at = target.writeUIntBE(message.payload.length, at, 3);
  at = target.writeUInt8(message.type, at);
  return format === 1 ? at : target.writeUInt32LE(message.messageStreamId, at);
}
