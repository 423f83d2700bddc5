import { DATA_BYTES_MIN, HEADERS_BYTES_MAX, Word, viewsOf, type RingViews } from './ring-layout.ts';

/** How much memory a ring holds, and how much more it may take. For whoever keeps the sum. */
export class RingGauge {
  readonly #views: RingViews;

  constructor(memory: SharedArrayBuffer) {
    this.#views = viewsOf(memory);
  }

  /** Room for media that is in use; it never becomes less. */
  get dataBytes(): number {
    return Atomics.load(this.#views.words, Word.DATA_BYTES);
  }

  /** All that the ring holds at most at its present size: media, index, header messages. */
  get bytes(): number {
    return this.dataBytes + this.#views.recordInts.byteLength + HEADERS_BYTES_MAX;
  }

  /** How much media time it tries to hold. Another window is reached only as media comes. */
  get windowMs(): number {
    return Atomics.load(this.#views.words, Word.WINDOW_MS);
  }

  set windowMs(windowMs: number) {
    Atomics.store(this.#views.words, Word.WINDOW_MS, Math.round(windowMs));
  }

  /** The room for media that it may grow to. */
  get dataBytesLimit(): number {
    return Math.max(this.dataBytes, Atomics.load(this.#views.words, Word.DATA_LIMIT));
  }

  get indexBytes(): number {
    return this.#views.recordInts.byteLength;
  }

  /** How many messages its index remembers. */
  get records(): number {
    return this.#views.records;
  }

  /** Whether the writer has come round once: only then does the size tell of the bitrate. */
  get hasComeRound(): boolean {
    const { words } = this.#views;
    const claimedBytes = Atomics.load(words, Word.CLAIMED_KIB) * 1024;
    return claimedBytes > this.dataBytes || Atomics.load(words, Word.HELD_FROM_KIB) !== 0;
  }

  /** Whether, at the end of the last pass, the limit kept the ring from holding its window. */
  get isKeptShort(): boolean {
    return Atomics.load(this.#views.words, Word.SHORT) === 1;
  }

  /**
   * For the sake of its window the ring grows no further than to so many bytes of media. One large
   * message may still make it grow: else its encoder could not go on.
   */
  limitDataTo(bytes: number): void {
    const { words, dataBytesMax } = this.#views;
    const whole = Math.floor(bytes / DATA_BYTES_MIN) * DATA_BYTES_MIN;
    Atomics.store(words, Word.DATA_LIMIT, Math.min(Math.max(whole, 0), dataBytesMax));
  }
}
