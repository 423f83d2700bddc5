import { CHUNK_LIMITS } from '../chunk/chunk-limits.ts';
import type { ChunkLimits } from '../chunk/chunk-limits.ts';

/**
 * What a peer may send a session, chunks included. Deadlines are the caller's: a session has no
 * clock.
 */
export interface SessionLimits extends ChunkLimits {
  /** Of everything received, the handshake with it, until the publish is accepted. */
  readonly bytesBeforePublishMax: number;
  /** Messages of every kind but Set Chunk Size and Abort, until the publish is accepted. */
  readonly messagesBeforePublishMax: number;
}

export const SERVER_LIMITS: SessionLimits = {
  ...CHUNK_LIMITS,
  bytesBeforePublishMax: 128 * 1024,
  messagesBeforePublishMax: 64,
};

/** A server we publish to has no media for us, so none of its messages may be large. */
export const CLIENT_LIMITS: SessionLimits = {
  ...SERVER_LIMITS,
  mediaMessageBytesMax: CHUNK_LIMITS.otherMessageBytesMax,
  partialBytesMax: 256 * 1024,
};

/** Texts of the connect command and of publish, in bytes of UTF-8. */
export const FIELD_LIMITS = {
  appBytesMax: 512,
  /** Of tcUrl and flashVer. */
  textBytesMax: 2048,
  streamNameBytesMax: 1024,
} as const;

/** The encoder's name, as it is shown. */
export const ENCODER_CHARACTERS_MAX = 256;

/** What servers announce: SRS and MediaMTX 2 500 000 likewise. */
export const WINDOW_BYTES = 2_500_000;
/** A peer that asks to be told more often than this is told this often. */
export const WINDOW_BYTES_MIN = 1024;

/** What OBS and ffmpeg announce, so that every ingest has seen it. */
export const CHUNK_BYTES = 4096;

/** The chunk stream of our commands. */
export const COMMAND_CHUNK_STREAM_ID = 3;
