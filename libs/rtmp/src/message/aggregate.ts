import { RtmpError } from '../rtmp-error.ts';
import { MessageType } from './message-type.ts';

/*
 * An aggregate message (RTMP 1.0, 7.1.6) is FLV tags, one behind the other:
 *
 *   type u8 │ length u24 │ time u24 │ time's top u8 │ stream id u24 │ body │ back pointer u32
 */
const TAG_HEADER_BYTES = 11;
const BACK_POINTER_BYTES = 4;
/** All of them are handed out at one go: more would keep the thread from everybody else. */
export const AGGREGATE_TAGS_MAX = 4096;

/** `body` is a view of the aggregate's payload. */
export type TagSink = (type: number, timestampMs: number, body: Buffer) => void;

/**
 * Hands out the messages in an aggregate. Their times count from the aggregate's own timestamp,
 * with the first at it. The back pointer of the last may be missing. Says how many there were.
 *
 * @throws {RtmpError} RTMP_AGGREGATE_MALFORMED at a tag that goes past the end or is an aggregate
 *   itself, RTMP_AGGREGATE_TOO_MANY at one beyond `AGGREGATE_TAGS_MAX`; those before it have been
 *   handed out
 */
export function unpackAggregate(payload: Buffer, timestampMs: number, onTag: TagSink): number {
  let firstTime = -1;
  let tags = 0;
  for (let at = 0; at < payload.length;) {
    if (tags === AGGREGATE_TAGS_MAX) throw new RtmpError('RTMP_AGGREGATE_TOO_MANY', tags + 1);
    if (payload.length - at < TAG_HEADER_BYTES) throw new RtmpError('RTMP_AGGREGATE_MALFORMED', at);
    const type = payload.readUInt8(at);
    const body = at + TAG_HEADER_BYTES;
    const end = body + payload.readUIntBE(at + 1, 3);
    const time = (payload.readUIntBE(at + 4, 3) | (payload.readUInt8(at + 7) << 24)) >>> 0;
    if (end > payload.length || type === MessageType.AGGREGATE) {
      throw new RtmpError('RTMP_AGGREGATE_MALFORMED', at);
    }
    if (firstTime < 0) firstTime = time;
    onTag(type, (timestampMs + time - firstTime) >>> 0, payload.subarray(body, end));
    at = end + BACK_POINTER_BYTES;
    tags += 1;
  }
  return tags;
}
