import { MessageType } from '#rtmp';

/** A chunk as somebody hostile wants it (RTMP 1.0, 5.3.1), whatever was said before it. */
export interface RawChunk {
  readonly format?: 0 | 1 | 2 | 3;
  /** 2 to 65,599. */
  readonly id?: number;
  /** What the header declares; what `payload` has, unless said. */
  readonly length?: number;
  readonly type?: number;
  readonly timestampMs?: number;
  readonly payload?: Uint8Array;
}

/** How much of a message goes into its first chunk, until somebody says otherwise. */
export const FIRST_CHUNK_BYTES = 128;

/** Beyond those that encoders use. */
const FIRST_BOMB_ID = 10;
const ONE_BYTE_IDS = 64;
const TWO_BYTE_IDS = 64 + 256;
const MESSAGE_STREAM_ID = 1;

export function rawChunk(chunk: RawChunk): Buffer<ArrayBuffer> {
  const { format = 0, id = 4, type = MessageType.VIDEO, timestampMs = 0 } = chunk;
  const { payload = Buffer.alloc(0), length = payload.length } = chunk;
  const head = [Buffer.from(basicHeader(format, id))];
  if (format < 3) head.push(bigEndian(timestampMs, 3));
  if (format < 2) head.push(bigEndian(length, 3), Buffer.of(type));
  if (format < 1) head.push(bigEndian(MESSAGE_STREAM_ID, 4).reverse());
  return Buffer.concat([...head, payload]);
}

/** The beginnings of messages of `length` bytes, one on each of so many chunk streams. */
export function chunkBomb(
  streams: number,
  length: number,
  payloadBytes = FIRST_CHUNK_BYTES,
): Buffer {
  const payload = Buffer.alloc(payloadBytes);
  const ids = Array.from({ length: streams }, (_, index) => FIRST_BOMB_ID + index);
  return Buffer.concat(ids.map((id) => rawChunk({ id, length, payload })));
}

/** A message of the protocol itself whose body is one number. */
export function controlMessage(type: number, value: number): Buffer {
  return rawChunk({ id: 2, type, payload: bigEndian(value, 4) });
}

/** A ping (RTMP 1.0, 7.1.7), which must be answered. */
export const PING_REQUEST: Buffer = rawChunk({
  id: 2,
  type: MessageType.USER_CONTROL,
  payload: Buffer.from('000600001234', 'hex'),
});

/** FLV tags, one behind the other, as an aggregate message has them. */
export function aggregateBody(...tags: { readonly type: number; readonly body: Buffer }[]): Buffer {
  const encoded = tags.map(({ type, body }) => {
    const head = Buffer.concat([Buffer.of(type), bigEndian(body.length, 3), Buffer.alloc(7)]);
    return Buffer.concat([head, body, bigEndian(head.length + body.length, 4)]);
  });
  return Buffer.concat(encoded);
}

/** AMF0 (its specification, 2.1): each is more than it seems, behind the name of a command. */
export const AMF_BOMBS = {
  /** Objects in objects. */
  deep: (): Buffer => Buffer.concat(Array.from({ length: 10_000 }, () => amfMember('a', '03'))),
  /** An array that says it has four billion members, and has none. */
  'of four billion members': (): Buffer => Buffer.from('08ffffffff', 'hex'),
  /** A string that says it has four gigabytes. */
  'of a string of four gigabytes': (): Buffer => Buffer.from('0cffffffff61', 'hex'),
  /** References to itself. */
  'of references': (): Buffer =>
    Buffer.concat([Buffer.of(3), ...Array.from({ length: 5_000 }, () => amfKey('r', '070000'))]),
  /** As many members as a message has room for. */
  wide: (): Buffer =>
    Buffer.concat([Buffer.of(3), ...Array.from({ length: 12_000 }, () => amfKey('k', '05'))]),
} as const;

export function bigEndian(value: number, bytes: number): Buffer<ArrayBuffer> {
  const all = Buffer.alloc(8);
  all.writeBigUInt64BE(BigInt(value));
  return Buffer.from(all.subarray(8 - bytes));
}

function amfMember(key: string, marker: string): Buffer {
  return Buffer.concat([Buffer.from(marker, 'hex'), bigEndian(key.length, 2), Buffer.from(key)]);
}

function amfKey(key: string, value: string): Buffer {
  return Buffer.concat([bigEndian(key.length, 2), Buffer.from(key), Buffer.from(value, 'hex')]);
}

function basicHeader(format: number, id: number): number[] {
  if (id < ONE_BYTE_IDS) return [(format << 6) | id];
  if (id < TWO_BYTE_IDS) return [format << 6, id - ONE_BYTE_IDS];
  return [(format << 6) | 1, (id - ONE_BYTE_IDS) & 0xff, (id - ONE_BYTE_IDS) >> 8];
}
