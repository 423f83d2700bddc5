import { readControlNumber, readChunkBytes } from '../message/control-message.ts';
import { isMedia, MessageType } from '../message/message-type.ts';
import { RtmpError } from '../rtmp-error.ts';
import { CHUNK_BYTES_INITIAL, CHUNK_LIMITS, EXTENDED_TIMESTAMP } from './chunk-limits.ts';
import type { ChunkLimits } from './chunk-limits.ts';
import { ChunkStream } from './chunk-stream.ts';
import { ExtendedTimestampHabit } from './extended-timestamp-habit.ts';
import { PartialMessages } from './partial-messages.ts';

/** Where a reader's messages go. */
export interface ChunkSink {
  /**
   * `timestampMs` is 32-bit unsigned and wraps. `payload` is borrowed until return. What this
   * throws comes out of `feed`. It must not feed the same reader.
   */
  onMessage(
    type: number,
    timestampMs: number,
    messageStreamId: number,
    chunkStreamId: number,
    payload: Buffer,
  ): void;
}

/*
 * A chunk (RTMP 1.0, 5.3.1):
 *
 *   fmt u2 │ csid u6 │ 0–2 further bytes of csid │ message header │ extended timestamp? │ payload
 *
 *   fmt 0   time u24 │ length u24 │ type u8 │ message stream id u32 little-endian
 *   fmt 1   delta u24 │ length u24 │ type u8
 *   fmt 2   delta u24
 *   fmt 3   nothing: the message goes on, or one like the last begins
 */
const FIELD_BYTES = [11, 7, 3, 0] as const;
const EXTENDED_BYTES = 4;
/** A cut header has at most 17 bytes; the rest of the room takes small messages behind it whole. */
const STASH_BYTES = 64;
const INCOMPLETE = -1;

/**
 * A message begun by fmt 3 after fmt 0 adds the timestamp of that header (RTMP 1.0, 5.3.1.2.4), as
 * GStreamer means it. A value as large as this was never meant as a step: then the time stands
 * still.
 */
const FIRST_DELTA_MS_MAX = 10_000;

/**
 * Chunks to messages. Set Chunk Size and Abort speak about the chunks themselves: they are obeyed
 * here and not handed out. A message that lies whole in the bytes fed is handed out as a view of
 * them, any other is gathered in a buffer of its chunk stream. After an error the reader is of no
 * further use.
 */
export class ChunkReader {
  readonly #limits: ChunkLimits;
  readonly #streams = new Map<number, ChunkStream>();
  readonly #partials: PartialMessages;
  readonly #habit = new ExtendedTimestampHabit();
  /** The beginning of a header whose end has not arrived. */
  readonly #stash = Buffer.alloc(STASH_BYTES);
  #stashBytes = 0;
  #chunkBytes = CHUNK_BYTES_INITIAL;
  /** The chunk stream of the chunk being read, and what is missing of the chunk's payload. */
  #current = new ChunkStream(0);
  #chunkLeft = 0;
  #chunks = 0;

  constructor(limits: ChunkLimits = CHUNK_LIMITS) {
    this.#limits = limits;
    this.#partials = new PartialMessages(this.#streams, limits.partialBytesMax);
  }

  /** Bytes of memory held for unfinished and coming messages. */
  get heldBytes(): number {
    return this.#partials.heldBytes;
  }

  /** Chunks begun so far, in 32 bits: what a difference of two readings says. */
  get chunks(): number {
    return this.#chunks;
  }

  /**
   * Takes all of `bytes` (borrowed until return).
   *
   * @throws {RtmpError} at the first chunk that cannot be taken.
   */
  feed(bytes: Uint8Array, sink: ChunkSink): void {
    const input = Buffer.isBuffer(bytes)
      ? bytes
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const start = this.#stashBytes === 0 ? 0 : this.#feedStash(input, sink);
    const read = this.#read(input, start, input.length, sink);
    if (read < input.length) this.#stashBytes = input.copy(this.#stash, 0, read);
  }

  /** Completes the stashed header from `input`; gives how many bytes of it were read. */
  #feedStash(input: Buffer, sink: ChunkSink): number {
    const before = this.#stashBytes;
    const end = before + input.copy(this.#stash, before);
    this.#stashBytes = 0;
    const read = this.#read(this.#stash, 0, end, sink);
    if (read >= before) return read - before;
    // Still cut, which a stash with all of its room filled cannot be: `input` is in it to the end.
    this.#stash.copyWithin(0, read, end);
    this.#stashBytes = end - read;
    return input.length;
  }

  /** Reads chunks until the bytes end, or end within a header; gives the position reached. */
  #read(bytes: Buffer, start: number, end: number, sink: ChunkSink): number {
    let at = start;
    while (at < end) {
      if (this.#chunkLeft > 0) {
        at = this.#readPayload(bytes, at, end, sink);
        continue;
      }
      const next = this.#readHeader(bytes, at, end);
      if (next === INCOMPLETE) return at;
      at = next;
      if (this.#current.length === 0) this.#deliver(bytes.subarray(at, at), sink);
    }
    return at;
  }

  #readPayload(bytes: Buffer, at: number, end: number, sink: ChunkSink): number {
    const stream = this.#current;
    const taken = Math.min(this.#chunkLeft, end - at);
    const next = at + taken;
    this.#chunkLeft -= taken;
    if (taken === stream.length) {
      this.#deliver(bytes.subarray(at, next), sink);
      return next;
    }
    this.#partials.append(stream, bytes, at, next);
    if (stream.filled === stream.length) this.#deliver(this.#partials.finish(stream), sink);
    return next;
  }

  #readHeader(bytes: Buffer, start: number, end: number): number {
    const first = bytes.readUInt8(start);
    let id = first & 0x3f;
    let at = start + 1;
    if (id === 0) {
      if (end - at < 1) return INCOMPLETE;
      id = 64 + bytes.readUInt8(at);
      at += 1;
    } else if (id === 1) {
      if (end - at < 2) return INCOMPLETE;
      id = 64 + bytes.readUInt16LE(at);
      at += 2;
    }
    const format = first >>> 6;
    const next =
      format === 3
        ? this.#readContinuation(id, bytes, at, end)
        : this.#readFields(format, id, bytes, at, end);
    if (next !== INCOMPLETE) {
      const stream = this.#current;
      this.#chunkLeft = Math.min(this.#chunkBytes, stream.length - stream.filled);
      this.#chunks = (this.#chunks + 1) | 0;
    }
    return next;
  }

  /** The header of a new message, fmt 0, 1 or 2. */
  #readFields(format: number, id: number, bytes: Buffer, at: number, end: number): number {
    const fieldsEnd = at + (FIELD_BYTES[format] ?? 0);
    if (end < fieldsEnd) return INCOMPLETE;
    const field = readUInt24(bytes, at);
    const isExtended = field === EXTENDED_TIMESTAMP;
    if (isExtended && end < fieldsEnd + EXTENDED_BYTES) return INCOMPLETE;
    const time = isExtended ? bytes.readUInt32BE(fieldsEnd) : field;

    const stream = this.#streams.get(id) ?? this.#open(id, format);
    if (stream.filled > 0) throw new RtmpError('RTMP_MESSAGE_INTERRUPTED', id);
    if (format < 2) {
      stream.length = readUInt24(bytes, at + 3);
      stream.type = bytes.readUInt8(at + 6);
      this.#checkLength(stream);
    }
    if (format === 0) {
      stream.messageStreamId = bytes.readUInt32LE(at + 7);
      stream.timestampMs = time;
      stream.deltaMs = time > FIRST_DELTA_MS_MAX ? 0 : time;
    } else {
      stream.deltaMs = time;
      stream.timestampMs = (stream.timestampMs + time) >>> 0;
    }
    stream.isExtended = isExtended;
    stream.extendedTime = time;
    this.#current = stream;
    return isExtended ? fieldsEnd + EXTENDED_BYTES : fieldsEnd;
  }

  /** A chunk without header: the message goes on or, between messages, one like the last begins. */
  #readContinuation(id: number, bytes: Buffer, at: number, end: number): number {
    const stream = this.#streams.get(id);
    if (stream === undefined) throw new RtmpError('RTMP_CHUNK_STREAM_UNKNOWN', id);
    let next = at;
    if (stream.isExtended && !this.#habit.omits) {
      if (end - at < EXTENDED_BYTES) return INCOMPLETE;
      const isEqual = bytes.readUInt32BE(at) === stream.extendedTime;
      const isRepeated = stream.filled === 0 ? isEqual : this.#habit.judge(isEqual);
      if (isRepeated) next += EXTENDED_BYTES;
    }
    if (stream.filled === 0) stream.timestampMs = (stream.timestampMs + stream.deltaMs) >>> 0;
    this.#current = stream;
    return next;
  }

  /** librtmp and some hardware begin with fmt 1: on message stream 0, counting from 0. */
  #open(id: number, format: number): ChunkStream {
    if (format > 1) throw new RtmpError('RTMP_CHUNK_STREAM_UNKNOWN', id);
    if (this.#streams.size === this.#limits.chunkStreamsMax) {
      throw new RtmpError('RTMP_TOO_MANY_CHUNK_STREAMS', this.#streams.size + 1);
    }
    const stream = new ChunkStream(id);
    this.#streams.set(id, stream);
    return stream;
  }

  #checkLength(stream: ChunkStream): void {
    const { mediaMessageBytesMax, otherMessageBytesMax } = this.#limits;
    const bytesMax = isMedia(stream.type) ? mediaMessageBytesMax : otherMessageBytesMax;
    if (stream.length > bytesMax) throw new RtmpError('RTMP_MESSAGE_TOO_LARGE', stream.length);
  }

  #deliver(payload: Buffer, sink: ChunkSink): void {
    const { type, timestampMs, messageStreamId, id } = this.#current;
    if (type === MessageType.SET_CHUNK_SIZE) {
      this.#chunkBytes = readChunkBytes(payload);
    } else if (type === MessageType.ABORT) {
      const aborted = this.#streams.get(readControlNumber(payload));
      if (aborted !== undefined) this.#partials.drop(aborted);
    } else {
      sink.onMessage(type, timestampMs, messageStreamId, id, payload);
    }
  }
}

function readUInt24(bytes: Buffer, at: number): number {
  return (bytes.readUInt16BE(at) << 8) | bytes.readUInt8(at + 2);
}
