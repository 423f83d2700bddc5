/**
 * RTMP 1.0 from bytes to messages and back, and both ends of a publish over it: fed bytes, it gives events.
 * It refuses sockets, clocks, what passes its limits, and to look into audio and video.
 * Parts: handshake, chunk, message, session.
 */
export { CHUNK_LIMITS } from './chunk/chunk-limits.ts';
export type { ChunkLimits } from './chunk/chunk-limits.ts';
export { ChunkReader } from './chunk/chunk-reader.ts';
export type { ChunkSink } from './chunk/chunk-reader.ts';
export { ChunkWriter, encodeMessage } from './chunk/chunk-writer.ts';
export type { OutgoingMessage } from './chunk/chunk-writer.ts';
export { MessageType } from './message/message-type.ts';
export { RtmpError } from './rtmp-error.ts';
export type { RtmpErrorCode } from './rtmp-error.ts';
