const BYTES_AT_FIRST = 64;

/** Bits from the most significant on: what a `BitReader` reads. Grows as it must. */
export class BitWriter {
  #bytes = new Uint8Array(BYTES_AT_FIRST);
  #length = 0;

  get bitLength(): number {
    return this.#length;
  }

  /** Up to 32 bits of an unsigned number. */
  bits(value: number, count: number): this {
    for (let place = count - 1; place >= 0; place -= 1) this.bit((value >>> place) & 1);
    return this;
  }

  bit(value: number): this {
    const at = this.#length >> 3;
    if (at === this.#bytes.length) this.#grow(1);
    if (value !== 0) this.#bytes[at] = (this.#bytes[at] ?? 0) | (0x80 >> (this.#length & 7));
    this.#length += 1;
    return this;
  }

  /** ue(v), H.264 section 9.1; below 2^32 - 1. */
  exponentialGolomb(value: number): this {
    const code = value + 1;
    const zeros = 31 - Math.clz32(code);
    return this.bits(0, zeros).bits(code, zeros + 1);
  }

  /** se(v), H.264 section 9.1.1: 0, 1, -1, 2, -2, … */
  signedExponentialGolomb(value: number): this {
    return this.exponentialGolomb(value > 0 ? 2 * value - 1 : -2 * value);
  }

  /** Bits `from` up to `end` of `bytes`, counted from its first. */
  copy(bytes: Uint8Array, from: number, end: number): this {
    let at = from;
    while (at < end && ((at & 7) !== 0 || end - at < 8)) {
      this.bit(((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
      at += 1;
    }
    const wholeBytes = (end - at) >> 3;
    this.#copyBytes(bytes.subarray(at >> 3, (at >> 3) + wholeBytes));
    for (at += wholeBytes * 8; at < end; at += 1) {
      this.bit(((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
    }
    return this;
  }

  /** Up to the next whole byte. */
  alignWith(bit: 0 | 1): this {
    while ((this.#length & 7) !== 0) this.bit(bit);
    return this;
  }

  /** rbsp_trailing_bits, H.264 section 7.3.2.11: a one, and zeros up to a whole byte. */
  trailingBits(): this {
    return this.bit(1).alignWith(0);
  }

  /** All of it, zeros behind the last bit: a view, valid until the next write. */
  toBytes(): Uint8Array {
    return this.#bytes.subarray(0, (this.#length + 7) >> 3);
  }

  #copyBytes(source: Uint8Array): void {
    if ((this.#length >> 3) + source.length >= this.#bytes.length) this.#grow(source.length + 1);
    const at = this.#length >> 3;
    const shift = this.#length & 7;
    this.#length += source.length * 8;
    if (shift === 0) {
      this.#bytes.set(source, at);
      return;
    }
    let carried = this.#bytes[at] ?? 0;
    for (let index = 0; index < source.length; index += 1) {
      const byte = source[index] ?? 0;
      this.#bytes[at + index] = carried | (byte >> shift);
      carried = (byte << (8 - shift)) & 0xff;
    }
    this.#bytes[at + source.length] = carried;
  }

  #grow(bytes: number): void {
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#bytes.length + bytes));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
