import { FlvError } from './flv-error.ts';
import {
  BACK_POINTER_BYTES,
  FILE_HEADER_BYTES,
  FILE_HEADER_BYTES_MAX,
  TAG_BODY_BYTES_MAX,
  TAG_HEADER_BYTES,
} from './flv-tag.ts';
import type { FlvTag } from './flv-tag.ts';

const START_CAPACITY_BYTES = 64 * 1024;
const TAG_ENCRYPTED = 0x20;

/** What the next bytes are. A back pointer is read together with the header before or behind it. */
type Part = 'file-header' | 'rest-of-file-header' | 'tag-header' | 'tag-body';

/**
 * The bytes of an FLV file in, cut anywhere; tags out (FLV 10.1 annex E.2). Holds at most one tag,
 * and grows only as bytes arrive. Back pointers are not checked: many files have them wrong.
 */
export class FlvReader {
  readonly #onTag: (tag: FlvTag) => void;
  #held: Buffer = Buffer.allocUnsafe(START_CAPACITY_BYTES);
  #heldBytes = 0;
  #part: Part = 'file-header';
  #wantedBytes = FILE_HEADER_BYTES;
  #type = 0;
  #timestampMs = 0;

  /** The body of each tag is borrowed until the callback returns. */
  constructor(onTag: (tag: FlvTag) => void) {
    this.#onTag = onTag;
  }

  /** @throws {FlvError} when these are not the bytes of such a file; the reader is spent then. */
  feed(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      const taken = Math.min(this.#wantedBytes - this.#heldBytes, bytes.length - at);
      this.#hold(bytes.subarray(at, at + taken));
      at += taken;
      if (this.#heldBytes < this.#wantedBytes) return;
      this.#heldBytes = 0;
      this.#finishPart(this.#held.subarray(0, this.#wantedBytes));
    }
  }

  /** @throws {FlvError} when the file ended before a header or tag did. */
  end(): void {
    const betweenTags = this.#part === 'tag-header' && this.#heldBytes === 0;
    if (!betweenTags) throw new FlvError('FLV_TRUNCATED');
  }

  #finishPart(part: Buffer): void {
    switch (this.#part) {
      case 'file-header':
        return this.#readFileHeader(part);
      case 'rest-of-file-header':
        return this.#want('tag-header', TAG_HEADER_BYTES);
      case 'tag-header':
        return this.#readTagHeader(part);
      case 'tag-body':
        this.#want('tag-header', TAG_HEADER_BYTES);
        this.#onTag({
          type: this.#type,
          timestampMs: this.#timestampMs,
          body: part.subarray(0, part.length - BACK_POINTER_BYTES),
        });
    }
  }

  #readFileHeader(header: Buffer): void {
    if (header.toString('latin1', 0, 4) !== 'FLV\u0001') {
      throw new FlvError('FLV_SIGNATURE_MISSING');
    }
    const headerBytes = header.readUInt32BE(5);
    if (headerBytes < FILE_HEADER_BYTES || headerBytes > FILE_HEADER_BYTES_MAX) {
      throw new FlvError('FLV_HEADER_LENGTH_INVALID');
    }
    this.#want('rest-of-file-header', headerBytes - FILE_HEADER_BYTES + BACK_POINTER_BYTES);
  }

  #readTagHeader(header: Buffer): void {
    const type = header.readUInt8(0);
    const bodyBytes = header.readUIntBE(1, 3);
    if ((type & TAG_ENCRYPTED) !== 0) throw new FlvError('FLV_TAG_ENCRYPTED');
    if (bodyBytes > TAG_BODY_BYTES_MAX) throw new FlvError('FLV_TAG_TOO_LONG');
    this.#type = type & 0x1f;
    this.#timestampMs = ((header.readUInt8(7) << 24) | header.readUIntBE(4, 3)) >>> 0;
    this.#want('tag-body', bodyBytes + BACK_POINTER_BYTES);
  }

  #want(part: Part, bytes: number): void {
    this.#part = part;
    this.#wantedBytes = bytes;
  }

  #hold(bytes: Uint8Array): void {
    const needed = this.#heldBytes + bytes.length;
    if (needed > this.#held.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, 2 * this.#held.length));
      this.#held.copy(grown, 0, 0, this.#heldBytes);
      this.#held = grown;
    }
    this.#held.set(bytes, this.#heldBytes);
    this.#heldBytes = needed;
  }
}
