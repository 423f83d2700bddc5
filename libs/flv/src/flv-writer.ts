import { assert } from '#kernel';

import {
  BACK_POINTER_BYTES,
  FILE_HEADER_BYTES,
  TAG_BODY_BYTES_MAX,
  TAG_HEADER_BYTES,
} from './flv-tag.ts';
import type { FlvTag } from './flv-tag.ts';

const HAS_VIDEO = 1;
const HAS_AUDIO = 4;

/** Tags in, the bytes of an FLV file out (FLV 10.1 annex E.2). Each piece is the receiver's own. */
export class FlvWriter {
  readonly #onBytes: (bytes: Buffer) => void;

  /** Gives the file header at once. */
  constructor(
    onBytes: (bytes: Buffer) => void,
    has: { readonly audio: boolean; readonly video: boolean } = { audio: true, video: true },
  ) {
    this.#onBytes = onBytes;
    const header = Buffer.alloc(FILE_HEADER_BYTES + BACK_POINTER_BYTES);
    header.write('FLV\u0001', 'latin1');
    header.writeUInt8((has.audio ? HAS_AUDIO : 0) | (has.video ? HAS_VIDEO : 0), 4);
    header.writeUInt32BE(FILE_HEADER_BYTES, 5);
    this.#onBytes(header);
  }

  /** The body is copied before this returns. */
  write(tag: FlvTag): void {
    const { type, timestampMs, body } = tag;
    assert(type > 0 && type < 0x20, 'a tag type has five bits');
    assert(timestampMs === timestampMs >>> 0, 'a timestamp is 32 bits, unsigned');
    assert(body.length <= TAG_BODY_BYTES_MAX, 'no message is longer than a tag may be');
    const tagBytes = TAG_HEADER_BYTES + body.length;
    const bytes = Buffer.allocUnsafe(tagBytes + BACK_POINTER_BYTES);
    bytes.writeUInt8(type, 0);
    bytes.writeUIntBE(body.length, 1, 3);
    bytes.writeUIntBE(timestampMs & 0xffffff, 4, 3);
    bytes.writeUInt8(timestampMs >>> 24, 7);
    bytes.writeUIntBE(0, 8, 3);
    bytes.set(body, TAG_HEADER_BYTES);
    bytes.writeUInt32BE(tagBytes, tagBytes);
    this.#onBytes(bytes);
  }
}
