/**
 * RTMP 1.0 from bytes to messages and back, and both ends of a publish over it: fed bytes, gives
 * events. It refuses sockets, clocks, what passes its limits, and to look into audio and video.
 * Parts: handshake, chunk, message, session.
 */
export type { ChunkLimits } from './chunk/chunk-limits.ts';
export { ChunkReader } from './chunk/chunk-reader.ts';
export type { ChunkSink } from './chunk/chunk-reader.ts';
export { ChunkWriter, encodeMessage } from './chunk/chunk-writer.ts';
export type { OutgoingMessage } from './chunk/chunk-writer.ts';
export { decodeCommand, encodeCommand } from './message/command.ts';
export type { Command } from './message/command.ts';
export { encodeSetChunkSize } from './message/control-message.ts';
export { MessageType } from './message/message-type.ts';
export { RtmpError } from './rtmp-error.ts';
export type { RtmpErrorCode } from './rtmp-error.ts';
export type { RejectedStage } from './session/client-phase.ts';
export { ClientSession } from './session/client-session.ts';
export type { ClientSessionHandler, ClientSessionOptions } from './session/client-session.ts';
export type { ClientStage, Rejection } from './session/client-session.ts';
export type { PublishRequest } from './session/connect-request.ts';
export type { EnhancedCapabilities, FourCcs } from './session/enhanced-capabilities.ts';
export type { UnpublishReason } from './session/server-commands.ts';
export type { ServerPhase } from './session/server-phase.ts';
export { ServerSession } from './session/server-session.ts';
export type { RejectCode, ServerSessionHandler } from './session/server-session.ts';
export type { ServerSessionOptions } from './session/server-session.ts';
export type { SessionLimits } from './session/session-limits.ts';
