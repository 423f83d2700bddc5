import { ChunkReader } from './chunk-reader.ts';
import type { ChunkLimits } from './chunk-limits.ts';

/** A chunk as a test wants it, right or wrong; written against RTMP 1.0, 5.3.1. */
export interface RawChunk {
  readonly format: 0 | 1 | 2 | 3;
  readonly id?: number;
  /** Bytes of the basic header; the shortest by default. */
  readonly idBytes?: 1 | 2 | 3;
  readonly time?: number;
  readonly length?: number;
  readonly type?: number;
  readonly messageStreamId?: number;
  /** Written behind the header as four bytes. */
  readonly extended?: number;
  readonly payload?: Uint8Array;
}

export interface ReadMessage {
  readonly type: number;
  readonly timestampMs: number;
  readonly messageStreamId: number;
  readonly chunkStreamId: number;
  readonly payload: Buffer;
}

export function rawChunk(chunk: RawChunk): Buffer {
  const { format, id = 4, time = 0, payload = Buffer.alloc(0), type = 9 } = chunk;
  const { idBytes = id < 64 ? 1 : id < 320 ? 2 : 3, messageStreamId = 1 } = chunk;
  const length = chunk.length ?? payload.length;
  const bytes: number[] = [];
  if (idBytes === 1) bytes.push((format << 6) | id);
  else if (idBytes === 2) bytes.push(format << 6, id - 64);
  else bytes.push((format << 6) | 1, (id - 64) & 0xff, (id - 64) >> 8);
  if (format < 3) bytes.push(...bigEndian(time, 3));
  if (format < 2) bytes.push(...bigEndian(length, 3), type);
  if (format < 1) bytes.push(...bigEndian(messageStreamId, 4).toReversed());
  if (chunk.extended !== undefined) bytes.push(...bigEndian(chunk.extended, 4));
  return Buffer.concat([Buffer.from(bytes), payload]);
}

export function rawChunks(...chunks: RawChunk[]): Buffer {
  return Buffer.concat(chunks.map(rawChunk));
}

/** A control message whose body is one number. */
export function controlChunk(type: number, value: number): RawChunk {
  const payload = Buffer.from(bigEndian(value, 4));
  return { format: 0, id: 2, type, messageStreamId: 0, payload };
}

/** All messages of `pieces`, fed one after the other; payloads are copied, as a sink must. */
export function readAll(pieces: Iterable<Uint8Array>, limits?: ChunkLimits): ReadMessage[] {
  const reader = new ChunkReader(limits);
  const messages: ReadMessage[] = [];
  const sink = {
    onMessage(type: number, timestampMs: number, sid: number, id: number, payload: Buffer): void {
      const copy = Buffer.from(payload);
      messages.push({ type, timestampMs, messageStreamId: sid, chunkStreamId: id, payload: copy });
    },
  };
  for (const piece of pieces) reader.feed(piece, sink);
  return messages;
}

export function* byteByByte(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1) yield bytes.slice(at, at + 1);
}

/** The bytes cut in two, once at each position. */
export function* everyCut(bytes: Uint8Array): Generator<[Uint8Array, Uint8Array]> {
  for (let at = 0; at <= bytes.length; at += 1) yield [bytes.slice(0, at), bytes.slice(at)];
}

export function patterned(length: number, seed = 0): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, at) => (at * 31 + seed) & 0xff));
}

function bigEndian(value: number, length: number): number[] {
  return Array.from({ length }, (_, at) => Math.floor(value / 2 ** (8 * (length - 1 - at))) & 0xff);
}
