import { CHUNK_BYTES_INITIAL, CHUNK_BYTES_MAX, CHUNK_BYTES_MIN } from '../chunk/chunk-limits.ts';
import { encodeMessage } from '../chunk/chunk-writer.ts';
import { RtmpError } from '../rtmp-error.ts';
import { MessageType } from './message-type.ts';

/** Events of User Control messages, RTMP 1.0 section 7.1.7. */
export const UserControlEvent = {
  STREAM_BEGIN: 0,
  STREAM_END: 1,
  STREAM_DRY: 2,
  SET_BUFFER_LENGTH: 3,
  STREAM_IS_RECORDED: 4,
  PING_REQUEST: 6,
  PING_RESPONSE: 7,
} as const;

/** Limit types of Set Peer Bandwidth, RTMP 1.0 section 5.4.5. */
export const BandwidthLimit = { HARD: 0, SOFT: 1, DYNAMIC: 2 } as const;

const CONTROL_CHUNK_STREAM_ID = 2;

export function encodeSetChunkSize(chunkBytes: number): Buffer {
  return encodeControl(MessageType.SET_CHUNK_SIZE, uint32(chunkBytes));
}

/** `receivedBytes` may be of any size: 32 bits of it are sent. */
export function encodeAcknowledgement(receivedBytes: number): Buffer {
  return encodeControl(MessageType.ACKNOWLEDGEMENT, uint32(receivedBytes % 2 ** 32));
}

export function encodeWindowAcknowledgementSize(windowBytes: number): Buffer {
  return encodeControl(MessageType.WINDOW_ACKNOWLEDGEMENT_SIZE, uint32(windowBytes));
}

export function encodeSetPeerBandwidth(windowBytes: number, limit: number): Buffer {
  const payload = Buffer.concat([uint32(windowBytes), Buffer.of(limit)]);
  return encodeControl(MessageType.SET_PEER_BANDWIDTH, payload);
}

/** An event whose data is one number: a message stream id, or a ping's time. */
export function encodeUserControl(event: number, value: number): Buffer {
  const payload = Buffer.allocUnsafe(6);
  payload.writeUInt32BE(value, payload.writeUInt16BE(event, 0));
  return encodeControl(MessageType.USER_CONTROL, payload);
}

/**
 * The number that is all there is in types 1, 2, 3 and 5, and comes first in type 6.
 *
 * @throws {RtmpError} RTMP_CONTROL_MALFORMED
 */
export function readControlNumber(payload: Buffer): number {
  if (payload.length < 4) throw new RtmpError('RTMP_CONTROL_MALFORMED', payload.length);
  return payload.readUInt32BE(0);
}

/**
 * The chunk size of a Set Chunk Size message, clamped to what a message can use.
 *
 * @throws {RtmpError} RTMP_CHUNK_SIZE_REFUSED below 128 or with the top bit set,
 *   RTMP_CONTROL_MALFORMED
 */
export function readChunkBytes(payload: Buffer): number {
  const chunkBytes = readControlNumber(payload);
  if (chunkBytes < CHUNK_BYTES_MIN || chunkBytes > 0x7fffffff) {
    throw new RtmpError('RTMP_CHUNK_SIZE_REFUSED', chunkBytes);
  }
  return Math.min(chunkBytes, CHUNK_BYTES_MAX);
}

/**
 * Event and first number of a User Control message; 0 where there is no number.
 *
 * @throws {RtmpError} RTMP_CONTROL_MALFORMED
 */
export function readUserControl(payload: Buffer): { event: number; value: number } {
  if (payload.length < 2) throw new RtmpError('RTMP_CONTROL_MALFORMED', payload.length);
  const value = payload.length < 6 ? 0 : payload.readUInt32BE(2);
  return { event: payload.readUInt16BE(0), value };
}

function encodeControl(type: number, payload: Buffer): Buffer {
  return encodeMessage({
    chunkStreamId: CONTROL_CHUNK_STREAM_ID,
    type,
    timestampMs: 0,
    messageStreamId: 0,
    payload,
    chunkBytes: CHUNK_BYTES_INITIAL,
  });
}

function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
