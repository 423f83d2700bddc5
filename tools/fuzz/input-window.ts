const HEADER_WORDS = 3;
const HEADER_BYTES = HEADER_WORDS * Int32Array.BYTES_PER_ELEMENT;
const INPUT_BYTES_MAX = 256 * 1024;

/** By which another thread sees at which input this one is, also when it never ends. */
export class InputWindow {
  /** Whether one runs, how many have, and how long the present one is. */
  readonly #header: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(memory: SharedArrayBuffer) {
    this.#header = new Int32Array(memory, 0, HEADER_WORDS);
    this.#bytes = new Uint8Array(memory, HEADER_BYTES);
  }

  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(HEADER_BYTES + INPUT_BYTES_MAX);
  }

  show(input: Uint8Array): void {
    const shown = input.subarray(0, this.#bytes.length);
    this.#bytes.set(shown);
    Atomics.store(this.#header, 2, shown.length);
    Atomics.add(this.#header, 1, 1);
    Atomics.store(this.#header, 0, 1);
  }

  hide(): void {
    Atomics.store(this.#header, 0, 0);
  }

  /** Another number for each input; undefined while none runs. */
  running(): number | undefined {
    return Atomics.load(this.#header, 0) === 1 ? Atomics.load(this.#header, 1) : undefined;
  }

  input(): Buffer {
    return Buffer.from(this.#bytes.slice(0, Atomics.load(this.#header, 2)));
  }
}
