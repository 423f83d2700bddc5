/**
 * Bits from the most significant on. Past the end everything reads as zero and `exhausted` is set,
 * so that a parser may go on to its end and ask once; its loops must be bounded by other means.
 */
export class BitReader {
  readonly #bytes: Uint8Array;
  #position = 0;
  #exhausted = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get exhausted(): boolean {
    return this.#exhausted;
  }

  get bitsLeft(): number {
    return this.#bytes.length * 8 - this.#position;
  }

  /** Up to 32 bits as an unsigned number. */
  bits(count: number): number {
    let value = 0;
    for (let read = 0; read < count; read += 1) value = value * 2 + this.bit();
    return value;
  }

  bit(): number {
    const byte = this.#bytes[this.#position >> 3];
    if (byte === undefined) {
      this.#exhausted = true;
      return 0;
    }
    const bit = (byte >> (7 - (this.#position & 7))) & 1;
    this.#position += 1;
    return bit;
  }

  flag(): boolean {
    return this.bit() === 1;
  }

  skip(count: number): void {
    if (count > this.bitsLeft) this.#exhausted = true;
    this.#position = Math.min(this.#position + count, this.#bytes.length * 8);
  }

  /** ue(v), H.264 section 9.1: as many zeros as bits follow the one. AV1 calls it uvlc. */
  exponentialGolomb(): number {
    let zeros = 0;
    while (!this.#exhausted && this.bit() === 0) zeros += 1;
    if (zeros >= 32) this.#exhausted = true;
    return this.#exhausted ? 0 : 2 ** zeros - 1 + this.bits(zeros);
  }

  /** se(v), H.264 section 9.1.1: 0, 1, -1, 2, -2, … */
  signedExponentialGolomb(): number {
    const code = this.exponentialGolomb();
    return code % 2 === 0 ? -code / 2 : (code + 1) / 2;
  }
}
