import { assert } from '#kernel';

/*
 * One media message as a ring holds it (RTMP 1.0, 5.3.1): chunk stream 4, chunks of 4096 bytes.
 *
 *   0x44 │ delta u24 │ length u24 │ type u8 │ body 0‥4095 │ 0xC4 │ body 4096‥8191 │ 0xC4 │ …
 *   └──────────── fmt 1 header, 8 bytes ───┘               └ fmt 3: the same message goes on
 *
 * At the start of a connection the same header is fmt 0, for it must name the message stream:
 *
 *   0x04 │ timestamp u24 │ length u24 │ type u8 │ message stream id u32 little-endian
 */

export const CHUNK_BYTES = 4096;
export const CHUNK_STREAM_ID = 4;
export const CONTINUATION = 0xc0 | CHUNK_STREAM_ID;

/** Length of the header every record in a ring begins with. */
export const DELTA_HEADER_BYTES = 8;
const ABSOLUTE_HEADER_BYTES = 12;

/** From here on a chunk header would need an extended timestamp, which this form never has. */
export const DELTA_MS_END = 0xffffff;
/** A message's length is 24 bits. */
export const BODY_BYTES_MAX = 0xffffff;

/** A message that every reader must have before its first frame: metadata, configurations. */
export interface HeaderMessage {
  readonly typeId: number;
  readonly body: Uint8Array;
}

/** Bytes in the ring of a message with `bodyBytes` of body, its header with them. */
export function wireBytesOf(bodyBytes: number): number {
  return DELTA_HEADER_BYTES + bodyBytes + continuationsOf(bodyBytes);
}

/** The inverse of `wireBytesOf`. */
export function bodyBytesOf(wireBytes: number): number {
  const chunked = wireBytes - DELTA_HEADER_BYTES;
  return chunked === 0 ? 0 : chunked - Math.floor((chunked - 1) / (CHUNK_BYTES + 1));
}

function continuationsOf(bodyBytes: number): number {
  return bodyBytes === 0 ? 0 : Math.floor((bodyBytes - 1) / CHUNK_BYTES);
}

/**
 * The body of one message in the ring's form, without the bytes that go before its chunks. The
 * bytes may be torn: whatever they are, the answer is as long as they say by their number.
 */
export function copyBody(wire: Buffer): Buffer {
  const body = Buffer.allocUnsafe(bodyBytesOf(wire.length));
  let at = DELTA_HEADER_BYTES;
  for (let to = 0; to < body.length; to += CHUNK_BYTES) {
    const bytes = Math.min(CHUNK_BYTES, body.length - to);
    wire.copy(body, to, at, at + bytes);
    at += bytes + 1;
  }
  return body;
}

/** Writes a fmt 1 header at `at`; `deltaMs` must be below `DELTA_MS_END`. */
export function writeDeltaHeader(
  target: Buffer,
  at: number,
  deltaMs: number,
  bodyBytes: number,
  typeId: number,
): number {
  target[at] = 0x40 | CHUNK_STREAM_ID;
  return writeTimeLengthType(target, at + 1, deltaMs, bodyBytes, typeId);
}

/** Writes a fmt 0 header with timestamp 0 at `at`. */
export function writeAbsoluteHeader(
  target: Buffer,
  at: number,
  bodyBytes: number,
  typeId: number,
  messageStreamId: number,
): number {
  target[at] = CHUNK_STREAM_ID;
  const next = writeTimeLengthType(target, at + 1, 0, bodyBytes, typeId);
  return target.writeUInt32LE(messageStreamId, next);
}

function writeTimeLengthType(
  target: Buffer,
  at: number,
  timeMs: number,
  bodyBytes: number,
  typeId: number,
): number {
  assert(
    timeMs >= 0 && timeMs < DELTA_MS_END && Number.isInteger(timeMs),
    'a chunk header’s time is a whole number of milliseconds below 2^24 − 1',
  );
  assert(bodyBytes >= 0 && bodyBytes <= BODY_BYTES_MAX, 'a message’s length fits 24 bits');
  target[at] = timeMs >>> 16;
  target[at + 1] = timeMs >>> 8;
  target[at + 2] = timeMs;
  target[at + 3] = bodyBytes >>> 16;
  target[at + 4] = bodyBytes >>> 8;
  target[at + 5] = bodyBytes;
  target[at + 6] = typeId;
  return at + 7;
}

/** How a connection's (re)start is told to the peer. */
export interface Opening {
  readonly headers: readonly HeaderMessage[];
  /** Given at the connection's first message only; later openings continue the chunk stream. */
  readonly messageStreamId: number | undefined;
  readonly firstTypeId: number;
  readonly firstBodyBytes: number;
  /** Time between the message sent last and the first one now; 0 at the connection's start. */
  readonly firstDeltaMs: number;
}

/**
 * What goes before the ring's own bytes when a cursor begins: each header message, then the header
 * of the first record, whose body follows from the ring. With a message stream id, headers are fmt
 * 0 at timestamp 0; without, fmt 1 with delta 0, so that the peer's timeline goes on.
 */
export function encodeOpening(opening: Opening): Buffer {
  const { headers, messageStreamId } = opening;
  const opened = messageStreamId !== undefined;
  let bytes = headers.length === 0 && opened ? ABSOLUTE_HEADER_BYTES : DELTA_HEADER_BYTES;
  for (const { body } of headers) {
    bytes += wireBytesOf(body.length) + (opened ? ABSOLUTE_HEADER_BYTES - DELTA_HEADER_BYTES : 0);
  }
  const target = Buffer.allocUnsafe(bytes);
  let at = 0;
  for (const { typeId, body } of headers) {
    at = opened
      ? writeAbsoluteHeader(target, at, body.length, typeId, messageStreamId)
      : writeDeltaHeader(target, at, 0, body.length, typeId);
    at = writeChunkedBody(target, at, body);
  }
  if (headers.length === 0 && opened) {
    const { firstBodyBytes, firstTypeId } = opening;
    at = writeAbsoluteHeader(target, at, firstBodyBytes, firstTypeId, messageStreamId);
  } else {
    const { firstDeltaMs, firstBodyBytes, firstTypeId } = opening;
    at = writeDeltaHeader(target, at, firstDeltaMs, firstBodyBytes, firstTypeId);
  }
  assert(at === bytes, 'an opening is as long as was reckoned');
  return target;
}

function writeChunkedBody(target: Buffer, start: number, body: Uint8Array): number {
  let at = start;
  for (let from = 0; from < body.length; from += CHUNK_BYTES) {
    if (from > 0) target[at++] = CONTINUATION;
    const piece = body.subarray(from, from + CHUNK_BYTES);
    target.set(piece, at);
    at += piece.length;
  }
  return at;
}
