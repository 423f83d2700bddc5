import { assert } from '#kernel';

const TAG_HEADER_BYTES = 11;
const SIZE_BYTES = 4;
/** A tag tells its size in 24 bits. */
export const FLV_TAG_BYTES_MAX = 0xff_ff_ff;

/**
 * What an FLV file begins with (Adobe, "Video File Format Specification" 10.1, E.2): version 1,
 * sound and pictures announced, and the size of the tag before the first, which is 0.
 */
export function flvFileHeader(hasAudio: boolean, hasVideo: boolean): Buffer {
  const kinds = (hasAudio ? 4 : 0) | (hasVideo ? 1 : 0);
  return Buffer.from([0x46, 0x4c, 0x56, 1, kinds, 0, 0, 0, 9, 0, 0, 0, 0]);
}

/**
 * One message as a tag of an FLV file (E.4.1), its size behind it: types are those of RTMP. The
 * body is copied.
 */
export function flvTag(type: number, timestampMs: number, body: Uint8Array): Buffer {
  assert(body.length <= FLV_TAG_BYTES_MAX, 'a tag tells its size in 24 bits');
  const tag = Buffer.allocUnsafe(TAG_HEADER_BYTES + body.length + SIZE_BYTES);
  tag[0] = type;
  tag.writeUIntBE(body.length, 1, 3);
  // The upper eight bits of the time come last.
  tag.writeUIntBE(timestampMs & 0xff_ff_ff, 4, 3);
  tag[7] = (timestampMs >>> 24) & 0xff;
  tag.writeUIntBE(0, 8, 3);
  tag.set(body, TAG_HEADER_BYTES);
  tag.writeUInt32BE(TAG_HEADER_BYTES + body.length, TAG_HEADER_BYTES + body.length);
  return tag;
}
