import { CodedError } from '#kernel';

const sentences = {
  RTMP_NOT_RTMP: 'the first byte is of no version of RTMP',
  RTMP_TLS_ON_PLAIN_PORT: 'TLS is spoken where plain RTMP is expected',
  RTMP_VERSION_UNSUPPORTED: 'a version of RTMP other than 3 is asked for',
  RTMP_CHUNK_STREAM_UNKNOWN: 'a chunk leans on a header that never came',
  RTMP_TOO_MANY_CHUNK_STREAMS: 'too many chunk streams are in use',
  RTMP_MESSAGE_INTERRUPTED: 'a message begins inside an unfinished one of its chunk stream',
  RTMP_MESSAGE_TOO_LARGE: 'a message declares more bytes than its type may have',
  RTMP_PARTIAL_BYTES_EXCEEDED: 'too many bytes of unfinished messages are held',
  RTMP_CHUNK_SIZE_REFUSED: 'the chunk size is not one that we take',
  RTMP_CONTROL_MALFORMED: 'a control message is too short',
  RTMP_COMMAND_MALFORMED: 'a command cannot be read',
  RTMP_AGGREGATE_MALFORMED: 'an aggregate message does not hold what it declares',
  RTMP_AGGREGATE_TOO_MANY: 'an aggregate message holds more messages than we take',
  RTMP_FIELD_REFUSED: 'a field of the connect command is too long or holds control characters',
  RTMP_STREAM_NAME_REFUSED: 'the stream name is no text, too long or holds control characters',
  RTMP_OUT_OF_ORDER: 'a command comes before the one it needs',
  RTMP_TOO_MUCH_BEFORE_PUBLISH: 'too much is sent before the publish was accepted',
} as const;

/** Why bytes of a peer are no RTMP that we take. Stable: shown, stored and compared. */
export type RtmpErrorCode = keyof typeof sentences;

/**
 * The message holds our own words and numbers only: nothing a peer wrote, so never a stream key.
 */
export class RtmpError extends CodedError<RtmpErrorCode> {
  override readonly name = 'RtmpError';

  /** `figure` is the offending number, where there is one. */
  constructor(code: RtmpErrorCode, figure?: number, options?: { readonly cause?: unknown }) {
    super(code, `RTMP: ${sentences[code]}${figure === undefined ? '' : ` (${figure})`}`, options);
  }
}
