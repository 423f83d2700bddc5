import { NUMBERS } from './words.ts';

/**
 * An input read as choices, so that bytes become something with a shape. Past its end every choice
 * is the first, and every piece empty.
 */
export class Choices {
  readonly #input: Buffer;
  #at = 0;

  constructor(input: Buffer) {
    this.#input = input;
  }

  get isEmpty(): boolean {
    return this.#at >= this.#input.length;
  }

  byte(): number {
    const byte = this.#input[this.#at] ?? 0;
    this.#at += 1;
    return byte;
  }

  /** A whole number below `end`, of up to 256. */
  below(end: number): number {
    return this.byte() % end;
  }

  flag(): boolean {
    return (this.byte() & 1) === 1;
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }

  /** Any of 32 bits, mostly one at which something changes. */
  number(): number {
    const index = this.byte();
    return NUMBERS[index] ?? this.uint(4);
  }

  uint(bytes: number): number {
    let value = 0;
    for (let read = 0; read < bytes; read += 1) value = value * 256 + this.byte();
    return value;
  }

  /** A piece of up to `bytesMax` bytes, its length before it; a view of the input. */
  piece(bytesMax = 255): Buffer {
    const length = bytesMax > 255 ? this.uint(2) : this.byte();
    const piece = this.#input.subarray(this.#at, this.#at + Math.min(length, bytesMax));
    this.#at += piece.length;
    return piece;
  }

  rest(): Buffer {
    const rest = this.#input.subarray(this.#at);
    this.#at = this.#input.length;
    return rest;
  }
}

/** The bytes in pieces of the given lengths, over and over; a length of 0 is all there is. */
export function* cutBy(bytes: Buffer, lengths: readonly number[]): Generator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 0;
    const end = length === 0 ? bytes.length : at + length;
    yield bytes.subarray(at, end);
    at = end;
  }
}
