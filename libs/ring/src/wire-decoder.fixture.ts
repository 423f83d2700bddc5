/**
 * What a peer makes of the bytes a cursor gives: written against RTMP 1.0, 5.3, not against this
 * room.
 */
export interface DecodedMessage {
  readonly typeId: number;
  /** Absolute, on this connection's timeline. */
  readonly timestampMs: number;
  readonly messageStreamId: number;
  readonly body: Buffer;
}

interface Partial {
  typeId: number;
  body: Buffer;
  filled: number;
}

export class WireDecoder {
  readonly messages: DecodedMessage[] = [];
  #unread = Buffer.alloc(0);
  #timestampMs = -1;
  #messageStreamId = -1;
  #partial: Partial | undefined;

  feed(bytes: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, bytes]);
    while (this.#takeChunk());
  }

  /** Whether everything fed so far was whole messages. */
  get isAtMessageBoundary(): boolean {
    return this.#unread.length === 0 && this.#partial === undefined;
  }

  #takeChunk(): boolean {
    const bytes = this.#unread;
    if (bytes.length === 0) return false;
    const first = bytes.readUInt8(0);
    const format = first >> 6;
    if ((first & 0x3f) !== 4) throw new Error(`chunk stream ${first & 0x3f}`);
    if (format === 2) throw new Error('fmt 2 is never written');
    const headerBytes = format === 0 ? 12 : format === 1 ? 8 : 1;
    if (bytes.length < headerBytes) return false;
    const partial = format === 3 ? this.#partial : this.#partialOf(bytes);
    if (partial === undefined) throw new Error('fmt 3 continues nothing');
    const wanted = Math.min(4096, partial.body.length - partial.filled);
    if (bytes.length < headerBytes + wanted) return false;
    if (format !== 3) this.#begin(bytes, format);
    bytes.copy(partial.body, partial.filled, headerBytes, headerBytes + wanted);
    partial.filled += wanted;
    this.#unread = bytes.subarray(headerBytes + wanted);
    this.#partial = partial.filled === partial.body.length ? undefined : partial;
    if (this.#partial === undefined) {
      const { typeId, body } = partial;
      this.messages.push({
        typeId,
        timestampMs: this.#timestampMs,
        messageStreamId: this.#messageStreamId,
        body,
      });
    }
    return true;
  }

  #partialOf(bytes: Buffer): Partial {
    if (this.#partial !== undefined) throw new Error('a header inside an unfinished message');
    return { typeId: bytes.readUInt8(7), body: Buffer.alloc(bytes.readUIntBE(4, 3)), filled: 0 };
  }

  #begin(bytes: Buffer, format: number): void {
    const field = bytes.readUIntBE(1, 3);
    if (field === 0xffffff) throw new Error('an extended timestamp');
    if (format === 0) {
      this.#timestampMs = field;
      this.#messageStreamId = bytes.readUInt32LE(8);
      return;
    }
    if (this.#messageStreamId < 0) throw new Error('fmt 1 before any fmt 0');
    this.#timestampMs += field;
  }
}
